// 一笔交易中发生的事，每件一句（简体中文）。
import type { ExplainingWords } from './words.ts'

const devices: Record<string, string> = {
  cardReader: '读卡器',
  noteAcceptor: '纸币接收器',
  receiptPrinter: '收据打印机',
  bankTerminal: '银行终端机',
  serviceSwitch: '维护钥匙',
  door: '柜门',
}
const tenders: Record<string, string> = {
  cash: '纸币',
  'bank card': '银行卡',
  'bank account': '银行账户',
  account: '资金账户',
  payment: '银行付款',
}
const ends: Record<string, string> = {
  bought: '购电完成',
  deposited: '钱转入账户',
  kept: '钱凭条保留',
  redeemed: '兑付了凭条',
  'claim asked': '输入了凭条',
  'returned to account': '订单已退回',
  settled: '完成了之前的购电',
  undone: '购电已撤销',
  'held in order': '钱在订单中',
  'not charged': '没有扣款',
  'payment unknown': '不知银行是否扣款',
  'nothing bought': '没有购电',
  'card pulled while writing': '写卡时卡被拔出',
  'card not written': '卡没有写入',
  'outcome unknown': '不知卡是否写入',
  'centre did not answer': '中心没有应答',
  'order refused': '订单被拒绝',
  'note acceptor failed': '纸币接收器故障',
  'note unaccounted for': '一张纸币下落不明',
  'undo unknown': '不知购电是否撤销',
  'payment kept': '银行已扣款，但没有交付',
}
const verdicts: Record<string, string> = {
  'can sell': '可以购电',
  'open order': '有未完成的订单',
  refused: '现在不能售电',
  'look again': '需要重新读卡',
}
const accounts: Record<string, string> = {
  'customer account': '用户账户',
  suspense: '债权',
  'bank payments': '银行应付',
  'kiosk cash': '终端现金',
  'unpaid deliveries': '无人付款的电量',
  'pending orders': '订单中',
  'opening balances': '旧账',
  'office cash': '办公室现金',
  arrears: '欠费',
  energy: '电费',
  VAT: '增值税',
  fees: '手续费',
  'fixed charges': '固定费用',
  'other levies': '附加费',
}
const postings: Record<string, string> = {
  'payment given back': '付款已退还',
  'delivery unpaid': '电量在用户手中，付款已撤销',
  'order taken over': '订单从旧账转入',
  'notes booked': '纸币入账',
  'payment booked': '付款入账',
}
const rows: Record<string, string> = {
  sale: '付款',
  'top-up': '充值',
  reversal: '撤销',
  return: '退款',
}
export const statesZh: ExplainingWords['states'] = {
  QUOTED: '已报价',
  FUNDED: '款项已到位',
  AWAIT_WRITE: '等待写卡',
  UNKNOWN: '结果不明：由卡片判定',
  NOT_LOADED_RETRY: '已证明不在卡上',
  LOADED: '已证明在卡上',
  METER_CREDITED: '已证明进了电表',
  UNDONE: '已撤销',
  RETURNED_TO_ACCOUNT: '已退回',
  EXPIRED: '已过期',
  SUSPECT: '账与卡相互矛盾',
}
const states = statesZh

export const toldZh: ExplainingWords['told'] = {
  'card.inserted': ({ card }, say) => `插入卡 ${say.id(card)}。`,
  'card.judged': ({ verdict }, say) =>
    verdict === null
      ? '向中心询问了这张卡。'
      : `中心查看了这张卡：${verdicts[verdict] ?? say.id(verdict)}。`,
  'session.ended': ({ end, cash }, say) =>
    cash > 0
      ? `本次操作结束，共收纸币 ${say.money(cash)}：${ends[end] ?? say.noted(end)}。`
      : `本次操作结束：${ends[end] ?? say.noted(end)}。`,
  'note.offered': ({ value }, say) => `一张 ${say.money(value)} 纸币被暂存，此后没有记录。`,
  'note.moving': ({ value, to }, say) =>
    to === 'box'
      ? `一张 ${say.money(value)} 纸币正送入钱箱，没有人看到结果。`
      : `一张 ${say.money(value)} 纸币正退给用户，没有人看到结果。`,
  'note.stacked': ({ value }, say) => `一张 ${say.money(value)} 纸币收入钱箱。`,
  'note.returned': ({ value }, say) => `一张 ${say.money(value)} 纸币退给了用户。`,
  'note.unknown': ({ value, why }, say) =>
    `没有人知道一张 ${say.money(value)} 纸币去了哪里（${say.noted(why)}）。`,
  'note.unexpected': ({ value }, say) =>
    value === null
      ? '钱箱里出现一张纸币，接收器没有说明面值。'
      : `钱箱里出现一张 ${say.money(value)} 纸币。`,
  'note.booked': ({ value, place }, say) =>
    `一张 ${say.money(value)} 纸币已入账：${{ order: '在订单中', account: '在账户上', suspense: '作为债权' }[place]}。`,
  'payment.asked': ({ way, amount }, say) =>
    `请求以${tenders[way]}支付 ${say.money(amount)}，没有答复记录。`,
  'payment.authorised': ({ way, amount, evidence }, say) =>
    `银行同意以${tenders[way]}支付 ${say.money(amount)}${evidence === null ? '' : `（凭证 ${say.id(evidence)}）`}。`,
  'payment.declined': ({ amount, why }, say) =>
    `${say.money(amount)} 的银行付款被拒绝（${say.noted(why)}），没有扣款。`,
  'payment.ending': ({ amount, to }, say) =>
    to === 'keep'
      ? `${say.money(amount)} 的银行付款正要生效，没有人看到结果。`
      : `${say.money(amount)} 的银行付款正要撤销，没有人看到结果。`,
  'payment.kept': ({ amount }, say) => `${say.money(amount)} 的银行付款生效：已扣款。`,
  'payment.reversed': ({ amount }, say) => `${say.money(amount)} 的银行付款已撤销：未扣款。`,
  'payment.unknown': ({ amount, why }, say) =>
    `无法确定 ${say.money(amount)} 是否扣款（${say.noted(why)}），正在询问银行终端机。`,
  'payment.given-up': ({ amount, why }, say) =>
    `终端处已无法确定 ${say.money(amount)} 是否扣款（${say.noted(why)}），以银行文件为准。`,
  'payment.known': ({ amount, ended }, say) =>
    ({
      open: `账目上有 ${say.money(amount)} 的银行付款，终端尚未告知结果。`,
      kept: `按账目，${say.money(amount)} 的银行付款已扣款。`,
      reversed: `按账目，${say.money(amount)} 的银行付款已撤销。`,
      unknown: `按账目，无法确定 ${say.money(amount)} 的银行付款是否扣款。`,
    })[ended],
  'order.asked': ({ tender, amount }, say) =>
    `请求建立订单：${tenders[tender]}支付 ${say.money(amount)}，没有答复记录。`,
  'order.made': ({ order, tender, amount, toAccount, energy }, say) =>
    `建立订单 ${say.id(order)}：${tenders[tender]}支付 ${say.money(amount)}，电量 ${say.energy(energy)}${toAccount > 0 ? `；另有 ${say.money(toAccount)} 归用户` : ''}。`,
  'order.refused': ({ why }, say) => `中心没有建立订单（${say.noted(why)}）。`,
  'order.unknown': ({ why }, say) => `终端没有得知订单是否建立（${say.noted(why)}）。`,
  'script.released': ({ attempt }, say) =>
    attempt === 1 ? '中心发出了写卡命令。' : `中心第 ${say.count(attempt)} 次发出写卡命令。`,
  'card.writing': () => '正在写卡，没有人看到结果。',
  'card.written': () => '电量在卡上：卡片本身已证明。',
  'card.not-written': () => '电量不在卡上：卡片本身已证明。',
  'card.unknown': ({ why }, say) => `没有人看到电量是否写到卡上（${say.noted(why)}）。`,
  'undo.asked': () => '正要撤销这笔购电，没有人看到结果。',
  'undo.done': () => '这笔购电已从卡上撤销：卡片本身已证明。',
  'undo.not-done': ({ why }, say) => `这笔购电没有撤销（${say.noted(why)}）。`,
  'undo.unknown': ({ why }, say) => `没有人看到这笔购电是否撤销（${say.noted(why)}）。`,
  'order.returning': () => '正要退回订单，没有答复记录。',
  'order.returned': ({ to, amount }, say) =>
    ({
      account: `订单退回账户${amount > 0 ? `：${say.money(amount)}` : ''}。`,
      payer: `订单退还付款人${amount > 0 ? `：${say.money(amount)}` : ''}。`,
      claim: `订单退回，转为凭条债权${amount > 0 ? `：${say.money(amount)}` : ''}。`,
    })[to],
  'order.not-returned': ({ state }) => `订单没有退回，中心保持其状态：${states[state]}。`,
  'order.state': ({ state, why }, say) => `订单变为 ${states[state]}（${say.noted(why)}）。`,
  'meter.credited': () => '电表已收到这笔购电：回写数据已证明。',
  'sale.closing': () => '终端正与中心结清这笔交易，没有答复记录。',
  'sale.settled': ({ toAccount, toSuspense }, say) =>
    toAccount + toSuspense === 0
      ? '交易已与中心结清，没有余款。'
      : `交易已与中心结清：${[
          ...(toAccount > 0 ? [`${say.money(toAccount)} 转入账户`] : []),
          ...(toSuspense > 0 ? [`${say.money(toSuspense)} 作为债权保留`] : []),
        ].join('，')}。`,
  'receipt.queued': ({ number }, say) =>
    `收据 ${say.id(String(number))} 已送打印机，没有人看到打印结果。`,
  'receipt.printed': ({ number, copy }, say) =>
    `${copy === null ? '收据' : '收据副本'}${number === null ? '' : ` ${say.id(String(number))} `}已打印。`,
  'receipt.not-printed': ({ number, why }, say) =>
    `收据${number === null ? '' : ` ${say.id(String(number))} `}没有打印（${say.noted(why)}）。`,
  'slip.made': ({ amount }, say) =>
    amount === null ? '开出凭条，金额当时不明。' : `开出 ${say.money(amount)} 的凭条。`,
  'claim.asked': ({ reference }, say) => `输入了凭条号 ${say.id(reference)}，没有答复记录。`,
  'claim.redeemed-here': ({ reference, amount }, say) =>
    `本次操作中兑付了另一笔交易的凭条 ${say.id(reference)}：${say.money(amount)}。`,
  'claim.refused': ({ reference, why }, say) =>
    `凭条 ${say.id(reference)} 被拒绝（${say.noted(why)}）。`,
  'claim.opened': ({ amount }, say) =>
    amount === null
      ? '登记了一笔债权，金额不明。'
      : `为持凭条的人建立 ${say.money(amount)} 的债权。`,
  'claim.settled': ({ amount, how, customer, persons }, say) =>
    `${
      {
        redeemed: `${say.money(amount)} 的债权在终端兑付`,
        'paid to account': `${say.money(amount)} 的债权转入账户`,
        'paid in cash': `${say.money(amount)} 的债权以现金支付`,
        'paid ahead': `${say.money(amount)} 的债权在终端上报前支付`,
        'given back': `${say.money(amount)} 的债权作废：其付款已撤销`,
      }[how]
    }${customer === null ? '' : `，用户 ${say.id(customer)}`}${persons.length === 0 ? '' : `；由 ${persons.map(say.id).join('、')} 决定`}。`,
  'fault.raised': ({ device, fault }, say) =>
    `${devices[device] ?? say.id(device)}故障：${say.id(fault)}。`,
  'fault.cleared': ({ device, fault }, say) =>
    `${devices[device] ?? say.id(device)}恢复正常：${say.id(fault)} 已排除。`,
  'kiosk.started': ({ boot }, say) => `终端停机后重新启动（第 ${say.count(boot)} 次启动）。`,
  'kiosk.closed': ({ reason }, say) => `终端停止服务（${say.noted(reason)}）。`,
  'kiosk.opened': () => '终端恢复服务。',
  'people.on-site': ({ what }) =>
    ({
      came: '工作人员进入维护模式。',
      left: '工作人员退出维护模式。',
      'took the cash box': '钱箱被取出。',
    })[what],
  'cash.compared': ({ verdict, difference }, say) =>
    difference !== 0
      ? `接收器自身的计数相差 ${say.count(difference)} 张。`
      : verdict === 'agrees'
        ? '接收器自身的计数与日志核对一致。'
        : '记下了接收器自身的计数，没有可比的数据。',
  'journal.torn': () => '断电后有半行日志被另存，它从未被确认过。',
  posting: ({ posting, moved }, say) =>
    `记账：${postings[posting] ?? say.id(posting)}（${moved.map(({ account, amount }) => `${accounts[account] ?? say.id(account)} ${say.money(amount)}`).join('，')}）。`,
  'card.seen': ({ verdict, carries }, say) =>
    `卡再次出现${verdict === null ? '' : `（${verdicts[verdict] ?? say.id(verdict)}）`}${carries === null ? '' : carries === 'this purchase' ? '，卡上是这笔购电' : '，卡上是另一笔购电'}。`,
  'meter.told': ({ result, credited, remaining }, say) =>
    `电表回写数据带回：${credited ? '已有这笔购电' : '没有这笔购电'}，结果 ${say.count(result)}，剩余 ${say.energy(remaining)}。`,
  'meter.refused': ({ code, otherMeter }, say) =>
    otherMeter === null
      ? `电表拒绝了这张卡，结果 ${say.count(code)}。`
      : `另一块电表 ${say.id(otherMeter)} 拒绝了这张卡，结果 ${say.count(code)}。`,
  'bank.row': ({ party, row, amount, state, businessDate }, say) =>
    `${party === 'bank' ? '银行' : '前置机'} ${say.id(businessDate)} 的文件中有：${rows[row]} ${say.money(amount)}，${say.id(state)}。`,
  alarm: ({ alarm }, say) => `发出告警：${say.id(alarm)}。`,
  'unknown.entry': ({ type, text }, say) =>
    `终端记录了本中心不认识的内容 ${say.id(type)}：${say.id(text)}`,
}
