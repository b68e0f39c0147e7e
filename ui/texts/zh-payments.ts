// 简体中文：经银行付款时的用语。
import type { Texts } from './texts.ts'

export const paymentTexts: Texts['payment'] = {
  hint: {
    'insert card': { title: '请刷或插入银行卡', todo: '在箭头所指的刷卡机上。' },
    'enter pin': { title: '请在刷卡机上输入密码', todo: '不要在本屏幕上输入，请用手遮挡。' },
    'wrong pin': { title: '密码不对', todo: '请在刷卡机上再输入一次。' },
    'please wait': { title: '请稍候', todo: '请按刷卡机的提示操作。' },
    'asking the bank': { title: '正在询问您的银行', todo: '需要几秒钟。' },
    'remove card': { title: '请取回银行卡', todo: '电卡请留在机内。' },
    reversing: { title: '正在撤销付款', todo: '请等待撤销完成。' },
    approved: { title: '银行已同意', todo: '请回到本屏幕继续。' },
    declined: { title: '银行没有同意', todo: '请稍候。' },
    'not possible': { title: '无法付款', todo: '请稍候。' },
  },
  problem: {
    declined: '银行拒绝了这笔付款。',
    'customer cancelled': '付款已取消。',
    'timed out': '等待时间太长。',
    'card not readable': '银行卡读不出来。',
    'card not accepted': '本机不受理这张银行卡。',
    'not enough money': '该账户余额不足。',
    'no connection': '连不上银行。',
    'terminal busy': '刷卡机正忙。',
    'wrong pin': '密码不对。',
    limit: '超过了您银行的限额。',
    'no bank account': '这张电卡没有绑定银行账户。',
    'not possible': '这次付款没有成功。',
  },
  nothingCharged: '没有扣款。',
}
