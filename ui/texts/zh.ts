// 简体中文：短句，日常用语；一度电就是一千瓦时。
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import { claimTexts } from './zh-claims.ts'
import { paymentTexts } from './zh-payments.ts'
import { interruptedTexts, mishapTexts, noteState, refused } from './zh-troubles.ts'
import type { Texts } from './texts.ts'

export const textsOf = (format: Format, now: () => number): Texts => {
  const { money, energy } = format
  const onDay = (at: number): string => {
    const day = format.day(at, now())
    switch (day.kind) {
      case 'today':
        return '今天'
      case 'yesterday':
        return '昨天'
      case 'weekday':
        return day.name
      case 'date':
        return day.date
      default:
        return never(day)
    }
  }

  return {
    wire: { card: '插卡', amount: '选金额', pay: '付款', confirm: '确认', take: '取卡' },
    progress: '购电步骤',
    contrast: '高对比',
    help: '求助',
    cancel: '取消',
    back: '返回',
    done: '完成',

    warning: {
      title: '您还在吗？',
      otherwise: (inserted, goesTo) =>
        inserted === null
          ? '否则本次操作将结束，并退还您的电卡。'
          : goesTo === 'payer'
            ? `否则本次操作将结束，${money(inserted)} 不会扣款。`
            : goesTo === 'account'
              ? `否则本次操作将结束，${money(inserted)} 存入您的账户。`
              : `否则本次操作将结束，您会得到一张 ${money(inserted)} 的签名凭条。`,
      seconds: () => '秒后结束',
      moreTime: '再给我一点时间',
    },

    attract: {
      payWith: '本机可用的付款方式',
      notes: '可收纸币',
      receipts: { 'on paper': '提供纸质凭条', 'on screen': '暂时缺纸，凭条只在屏幕上显示' },
    },
    tenders: {
      cash: '纸币',
      'bank card': '银行卡',
      'bank account': '我的银行账户',
      account: '我的账户',
    },
    tenderHint: {
      cash: '一张一张放入',
      'bank card': '使用刷卡机',
      'bank account': '与这张电卡绑定的账户',
      account: '用账户里的余额',
    },
    tenderTrouble: {
      'not offered here': '本机不提供',
      'device fault': '暂时不能使用',
      'cash box full': '钱箱已满',
      'not enough in the account': '账户余额不足',
      'no account': '您还没有账户',
      'checking an earlier payment': '正在核对之前的一笔付款',
      'bank away': '连不上银行',
      'refused too often': '多次未成功，请换一种方式',
    },

    outOfService: {
      starting: { title: '即将开放', todo: '终端正在启动，请等一分钟。' },
      'centre away': {
        title: '暂停服务',
        todo: '终端暂时连不上售电中心，恢复后会自动开放。',
      },
      'card reader': {
        title: '暂停服务：读卡器故障',
        todo: '请使用其他终端。我们已收到通知，正在赶来。',
      },
      journal: { title: '暂停服务：等待检查', todo: '需要工作人员先检查本机，请使用其他终端。' },
      'no tender works': {
        title: '暂时不能购电',
        todo: '所有付款方式暂时都不能用。您仍可在此查询，购电请使用其他终端。',
      },
      'by the operator': { title: '维护中', todo: '请使用其他终端，或稍后再来。' },
    },
    wait: {
      'reading card': { title: '正在读卡', todo: '请不要拔卡。' },
      'asking the centre': { title: '正在查询您的账户', todo: '请不要拔卡。' },
      price: { title: '正在计算电量', todo: '现在还没有扣款。' },
      order: { title: '正在下单', todo: '请不要拔卡。' },
      'note on its way': { title: '正在清点纸币', todo: '最后一张还在途中。' },
      'taking back': { title: '正在撤销购电', todo: '请勿取出电卡。' },
      claim: { title: '正在查找您的款项', todo: '请勿取出电卡。' },
      'finishing payment': { title: '正在完成付款', todo: '正在通知您的银行。' },
      'undoing payment': { title: '正在撤销付款', todo: '正在通知银行不要扣款。' },
      closing: { title: '正在结束', todo: '正在为您记账。' },
      printing: { title: '正在打印凭条', todo: '请稍候。' },
    },

    refused: (refusal) => refused(refusal, format, onDay),
    refusedDeposit: { offer: '您仍然可以往账户里存钱。', button: '存入我的账户' },
    takeCardBack: '取回我的卡',
    service: { open: '进入维护', confirm: '确定' },

    account: {
      greeting: (partOfDay, name) =>
        `${{ morning: '早上好', afternoon: '下午好', evening: '晚上好' }[partOfDay]}，${name}。`,
      reading: (at) => `${onDay(at)}您的电表还有`,
      noReading: '电表还没有通过这张卡传回读数。',
      daysLeft: (days) =>
        days === 0 ? '按平时用量，可能已经用完。' : `按平时用量，大约还能用 ${days} 天。`,
      daysUnknown: '这是最近一次读数。',
      meter: '电表号',
      card: '卡号',
      address: '地址',
      tariff: '电价',
      balance: '账户余额',
      arrears: '尚欠',
      thisMonth: '本月已用',
      lastMonth: '上月用电',
      notice: (notice) => {
        switch (notice.kind) {
          case 'arrears':
            return `您尚欠 ${money(notice.balance)}，每次付款的 ${notice.sharePercent}% 用于还欠。`
          case 'low energy':
            return `只剩 ${energy(notice.remaining)}，请及时购电。`
          case 'headroom':
            return `电表最多还能再充 ${energy(notice.mostEnergy)}。`
          case 'used in other meter':
            return `这张卡插过别家的电表 ${notice.meter}。`
          default:
            return never(notice)
        }
      },
      cannotBuy: '现在不能购电。',
      buy: '购电',
      enquire: '查看购电记录',
      redeem: '我有领款凭条',
    },
    claim: claimTexts(format),
    enquiry: {
      title: '最近的购电记录',
      none: '还没有购电记录。',
      paid: '付款',
      energy: '电量',
      day: '日期',
      state: { 'on card': '在卡上', 'in meter': '已进电表', open: '未完成', returned: '已退回' },
    },

    amount: {
      question: { money: '您要付多少钱？', energy: '您要买多少电？' },
      by: { money: '按金额', energy: '按电量' },
      chooseOrType: '请选择，或输入数字',
      limits: (least, most) => `${money(least)} 至 ${money(most)}`,
      problem: (problem) => {
        switch (problem.kind) {
          case 'too little':
            return `最少 ${money(problem.least)}。`
          case 'too much':
            return `最多 ${money(problem.most)}。`
          case 'no energy':
            return '扣除费用后买不到电，请选择更多。'
          case 'more than the meter may hold':
            return `您的电表最多还能充 ${energy(problem.most)}。`
          default:
            return never(problem)
        }
      },
      next: '查看价格',
      erase: '删除',
      digits: '数字键',
    },
    payment: paymentTexts,
    tender: { question: '您怎么付款？', balance: '账户余额' },

    pay: '您付',
    get: '您得',

    notes: {
      title: '请一张一张放入纸币',
      depositTitle: '请放入要存的纸币',
      inserted: '已放入',
      stillToPay: (amount) => `还差 ${money(amount)}`,
      enough: '已经够了。',
      soFar: '可以买到',
      takes: '可收纸币',
      change: {
        account: '本机不找零，多余的钱存入您的账户。',
        claim: '本机不找零，多余的钱给您一张签名凭条。',
      },
      depositNote: '全部存入您的账户。',
      state: noteState(format),
      finish: '付款完成',
      finishDeposit: (amount) => `存入 ${money(amount)}`,
      sum: (count) => `${count} 张`,
    },
    more: {
      question: '您放入的钱比所选的多。',
      told: (inserted, chosen) => `已放入 ${money(inserted)}，所选 ${money(chosen)}。`,
      energy: (amount) => `全部买电：${energy(amount)}`,
      energyHint: '卡上电量更多',
      rest: (rest, goesTo) =>
        goesTo === 'account' ? `${money(rest)} 存入我的账户` : `${money(rest)} 为我保留`,
      restHint: (amount) => `卡上写入 ${energy(amount)}`,
    },
    confirm: {
      question: '这样对吗？',
      pay: {
        cash: '您用纸币付',
        'bank card': '您用银行卡付',
        'bank account': '从您的银行账户付',
        account: '从您的账户付',
      },
      lines: {
        fee: '终端手续费',
        fixed: '月固定费',
        arrears: '偿还欠费',
        arrearsLeft: (after) => `尚欠 ${money(after)}`,
        block: (amount, price) => `${energy(amount)}，每度 ${format.price(price)}`,
        free: '免费电量',
        vat: (rate) => `税 ${format.rate(rate)}`,
        levies: '其他费用',
        charges: '费用与欠费',
        forEnergy: '用于购电（含税）',
        sum: '合计',
        rest: { account: '存入您的账户', claim: '为您保留' },
      },
      write: (amount) => `将 ${energy(amount)}写入电卡`,
    },
    confirmDeposit: {
      question: '存入您的账户吗？',
      told: (name) => `户名：${name}。电卡上不写入任何内容。`,
      confirm: (amount) => `存入 ${money(amount)}`,
      more: '继续放入',
    },
    confirmCancel: {
      question: '要取消购电吗？',
      told: (inserted, goesTo) =>
        goesTo === 'payer'
          ? `银行已同意付 ${money(inserted)}。这笔付款将撤销，不会扣款。`
          : goesTo === 'account'
            ? `您已放入 ${money(inserted)}。纸币不能退回，这笔钱存入您的账户。`
            : `您已放入 ${money(inserted)}。纸币不能退回，您会得到一张签名凭条。`,
      keepGoing: '不，继续购电',
      cancel: { account: '是，存入账户', claim: '是，给我凭条', payer: '是，撤销付款' },
    },
    writing: {
      title: '请不要拔卡',
      told: '正在写入您的电卡',
      phase: { preparing: '准备写卡', writing: '正在写入电量', proving: '正在核对' },
    },
    putBack: {
      title: '请把同一张卡插回来',
      told: (amount) => `${energy(amount)}可能还没有写到卡上。`,
      safe: '您的钱是安全的：订单会一直保留，直到写入您的卡。',
      another: '这是另一张卡，请插入刚才的那张卡。',
      later: '以后再办',
    },
    openOrder: {
      title: '上次买的电还没有写到卡上',
      paid: '您已付',
      told: (amount, paid) => `您付了 ${money(paid)}，购买 ${energy(amount)}。钱没有丢。`,
      finish: (amount) => `现在写入 ${energy(amount)}`,
      giveBack: '把钱退回我的账户',
      noReturn: '现在就写入，或凭此卡在任何一台终端写入。',
    },
    take: {
      title: '请取卡',
      urgent: '您的卡还在这里！',
      receipt: {
        printing: '正在打印凭条。',
        'on paper': '请一并取走凭条。',
        'on screen': '取卡后凭条在屏幕上显示。',
      },
    },
    undo: {
      button: '撤销本次购电',
      question: '撤销本次购电？',
      told: (amount, paid) =>
        `将从卡上撤去 ${energy(amount)}，${money(paid)} 转入您的账户，不退现金。`,
      keep: '不，保留',
      confirm: '是，撤销',
      failed: '未能撤销，您购买的电量仍在卡上。',
    },
    healed: {
      settled: '您上次购买的电量已在卡上',
      undone: '您上次的购电已撤销',
      next: '继续',
    },
    outcome: {
      bought: '已写入您的电卡',
      boughtMeter: '请回家把卡插入电表。',
      rest: (amount, goesTo) =>
        goesTo === 'account'
          ? `${money(amount)} 已存入您的账户。`
          : `${money(amount)} 为您保留：请看凭条。`,
      deposited: '已存入您的账户',
      pending: '正在存入您的账户',
      kept: '由我们为您保管',
      keptTold: '凭条可在我们的任何一台终端或营业厅领款。',
      claimAsked: '请保留凭条。终端会继续查询，款项随后转入您的账户。',
      returned: '已退回您的账户',
      heldInOrder: '保留在您的订单中',
      heldInOrderTold: '把这张卡插入任何一台终端即可完成。',
      balance: (amount) => `账户现有 ${money(amount)}。`,
      settled: '已在您的电卡上',
      settledTold: '之前的购电已完成。',
      undoneTold: '购电已撤销，电量已从卡上撤去。',
      notCharged: '没有扣款',
      notChargedTold: '银行曾同意，付款已撤销。',
      nothingOwed: (amount) => `${money(amount)} 没有扣款，您也不欠这笔钱。`,
      askingBank: '仍在向您的银行查询',
      askingBankTold: '没有写入电量。如已扣款，会撤销或为您保管。',
      nothing: '没有购电',
      nothingTold: '没有收取任何费用。',
      refused: '没有售电',
      refusedTold: '没有收取任何费用。',
      order: '订单',
    },
    thanks: { title: '谢谢', goodbye: '再见' },
    receipt: {
      title: '您的凭条',
      told: '凭条未能打印，请拍照保存。',
      toldAgain: '这次仍未打印出来，请拍照保存。',
      qr: '凭条的二维码',
      qrTold: '用手机扫一扫，即可保存。',
      again: '再打印一次',
      copy: '打印副本',
    },
    mishap: mishapTexts(format),
    interrupted: interruptedTexts,
    reference: { title: '查询号' },
  }
}
