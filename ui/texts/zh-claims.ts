// What is said of a claim slip, in Chinese.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import type { Texts } from './texts.ts'

export const claimTexts = (format: Format): Texts['claim'] => ({
  title: '请输入凭条上的号码',
  where: '“查询号”旁的十二位数字。',
  wrong: '有一位数字不对，请与凭条核对。',
  next: '领取款项',
  again: '再次查询',
  told: (told) => {
    switch (told.kind) {
      case 'redeemed':
        return { title: '凭条款项已领取', todo: '款项已存入此卡的账户，凭条不可再用。' }
      case 'already in account':
        return {
          title: '款项此前已到账',
          todo:
            told.card === null
              ? '款项在付款时所用电卡的账户中。如凭条金额不同，请致电我们。'
              : `款项在尾号 ${told.card.slice(-4)} 的电卡账户中。如凭条金额不同，请致电我们。`,
        }
      case 'in a purchase':
        return {
          title: '款项在一笔购电订单中',
          todo:
            told.card === null
              ? '请插入当时付款的电卡查看。'
              : `请插入尾号 ${told.card.slice(-4)} 的电卡查看。`,
        }
      case 'already redeemed':
        return {
          title: '此凭条此前已领取',
          todo: `领取日期：${format.shortDate(told.at)}。每张凭条只付一次。`,
        }
      case 'not yet':
        return {
          title: '那台终端尚未上报',
          todo: '您的款项是安全的。请明天再试，或携凭条到营业厅。',
        }
      case 'not known':
        return {
          title: '暂时查不到此号码',
          todo: '请与凭条核对。打印凭条的终端可能尚未上报：请明天再试，或携凭条到营业厅。',
        }
      case 'ask the office':
        return { title: '此凭条需人工核对', todo: '请携凭条到营业厅，或致电我们。' }
      case 'refused':
        return { title: '号码多次不符', todo: '现在无法在此领取，请携凭条到营业厅。' }
      case 'no answer':
        return {
          title: '中心尚未应答',
          todo: '款项可能已领取。终端会继续查询，只付一次。请保留凭条。',
        }
      case 'centre away':
        return { title: '无法联系中心', todo: '没有领取任何款项。请保留凭条，稍后再试。' }
      default:
        return never(told)
    }
  },
})
