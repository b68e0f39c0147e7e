// 简体中文：拒售、退钞、意外，以及钱在哪里。
import { never } from '../../domain/never.ts'
import type { MoneyPlace, NoteState, RefusalView } from '../kiosk/screen.ts'
import type { Format } from '../parts/format.ts'
import type { Texts, Told } from './texts.ts'

export const mishapTexts = (format: Format): Texts['mishap'] => ({
  title: {
    'card pulled while writing': '卡拔得太早了',
    'card not written': '电量没能写到卡上',
    'outcome unknown': '还不知道卡上有没有这笔电',
    'centre did not answer': '售电中心没有回应',
    'order refused': '这次购电没有成功',
    'note acceptor failed': '纸币口停止工作了',
    'note unaccounted for': '有一张纸币下落不明',
    'undo unknown': '尚不能确定是否已撤销',
    'payment unknown': '还不知道有没有扣款',
    'payment kept': '已经扣款，未能撤销',
  },
  happened: {
    'card pulled while writing': '写卡时卡离开了卡口。',
    'card not written': '多次尝试后，卡仍未接受写入。',
    'outcome unknown': '写卡时卡停止了回应。',
    'centre did not answer': '订单完成之前，与中心的线路断了。',
    'order refused': '中心没有接受这个订单。',
    'note acceptor failed': '它收下了您的纸币，随后停止工作。',
    'note unaccounted for': '一张纸币放入后，终端无法确定它在哪里。',
    'undo unknown': '撤销购电时没有收到应答。',
    'payment unknown': '没有收到银行的应答，电量没有写入。',
    'payment kept': '这笔付款没有写入电量。',
  },
  money: moneyPlace(format),
  moneyTitle: '您的钱',
  todo: {
    'card pulled while writing': '把这张卡插入任何一台终端，就能完成购电。',
    'card not written': '把这张卡插入任何一台终端，或到营业厅办理。',
    'outcome unknown': '把这张卡插入任何一台终端，它会查明并完成购电。',
    'centre did not answer': '稍后带这张卡再来，这里或任何一台终端都可以。',
    'order refused': '请凭下面的查询号致电，或到营业厅办理。',
    'note acceptor failed': '账户里的钱可以在这里或任何一台终端使用。',
    'note unaccounted for': '请保存下面的查询号，我们清点钱箱后会联系您。',
    'undo unknown': '请把这张卡插入任何一台终端，即可查明。',
    'payment unknown': '请保存查询号，我们会继续向银行查询。',
    'payment kept': '钱仍是您的，请凭查询号致电或到营业厅办理。',
  },
  todoTitle: '怎么办',
  callTitle: '有疑问？',
  call: (phone) => `请拨打 ${phone}`,
  understood: '我记下了',
})

export const interruptedTexts: Texts['interrupted'] = {
  title: '购电过程中终端停止了',
  happened: '终端已重新启动，并查找了您的钱。',
  energyTitle: '卡上的电量',
  energy: {
    'on the card': '是，已在卡上。',
    'not on the card': '否，没有写入。',
    'card decides': '还不知道：再次插卡时即可查明。',
  },
  todo: {
    'on the card': '请回家把卡插入电表。',
    'not on the card': '把卡插入任何一台终端即可继续，请保存查询号。',
    'card decides': '把卡插入任何一台终端，它会查明并完成购电。',
  },
  cardNext: '请不要取卡，接下来会查看这张卡。',
  slipLater: '打印机恢复后会打印凭条。',
}

export const noteState =
  ({ money }: Format) =>
  (note: NoteState): string => {
    switch (note.kind) {
      case 'ready':
        return '请放入下一张'
      case 'reading':
        return '正在识别'
      case 'checking':
        return `正在核对 ${money(note.value)}`
      case 'taken':
        return `已收 ${money(note.value)}`
      case 'given back':
        return `${money(note.value)} 已退出，请取走`
      case 'refused':
        return {
          'not recognised': '认不出这张纸币',
          'not accepted now': '暂不收这种纸币',
          'two notes': '请一次放一张',
          'pulled back': '纸币被拉回去了',
          'held too long': '请松开纸币',
          'cannot stack': '请换一张纸币',
          'too much': '超过了限额',
        }[note.why]
      case 'stopped':
        return note.why === 'not offered here'
          ? '本机不收纸币'
          : note.why === 'cash box full'
            ? '钱箱已满'
            : '纸币口停止工作了'
      default:
        return never(note)
    }
  }

const moneyPlace =
  ({ money }: Format) =>
  (place: MoneyPlace): string => {
    switch (place.kind) {
      case 'in the order':
        return `${place.amount === null ? '您的钱' : money(place.amount)} 保留在订单 ${place.order} 中，只用于这张卡。`
      case 'card decides':
        return `${place.amount === null ? '您的钱' : money(place.amount)} 要么作为电量在卡上，要么在您的账户中，不会丢失。`
      case 'paid for energy':
        return `${place.amount === null ? '您的钱' : money(place.amount)} 已用于订单 ${place.order} 的电量。`
      case 'in the account':
        return `${place.amount === null ? '您的钱' : money(place.amount)} 已记入您的账户${place.balance === null ? '' : `，现有 ${money(place.balance)}`}。`
      case 'on its way to the account':
        return `${money(place.amount)} 正在存入您的账户，终端会一直发送直到入账。`
      case 'held':
        return place.amount === null
          ? '一张面额不明的纸币按下面的查询号为您保留。'
          : `${money(place.amount)} 按下面的查询号为您保留。`
      case 'not charged':
        return `${money(place.amount)} 没有扣款。`
      case 'asking the bank':
        return `正在向您的银行查询 ${money(place.amount)} 是否已扣款。`
      case 'not taken':
        return '没有收取任何费用。'
      default:
        return never(place)
    }
  }

const office = '请带这张卡到营业厅办理。'

export const refused = (
  refusal: RefusalView,
  { energy }: Format,
  onDay: (at: number) => string,
): Told => {
  switch (refusal.kind) {
    case 'foreign card':
      return { title: '这不是电卡', todo: '请取回，插入您电表的电卡。' }
    case 'card not readable':
      return {
        title: '读不出这张卡',
        todo: '请擦净金色芯片，芯片朝前插入。仍然不行，请到营业厅。',
      }
    case 'not genuine':
      return { title: '无法确认这张卡是真卡', todo: office }
    case 'service card':
      return { title: '这是维修用卡', todo: '它供技术人员使用，请插入您电表的电卡。' }
    case 'preset card':
      return { title: '这张卡只用于启用新电表', todo: '请插入您电表的购电卡。' }
    case 'card replaced':
      return { title: '这张卡已被更换', todo: '您的电表已有新卡，请使用新卡。' }
    case 'other area':
      return { title: '这张卡属于其他地区', todo: '请使用发卡公司的终端。' }
    case 'not yet in meter':
      return { title: '请先把卡插入电表', todo: '新卡要先在电表上插一次，然后再来购电。' }
    case 'under inquiry':
      return { title: '这张卡需要核查', todo: '上次购电与我们的账目不符，请带卡到营业厅。' }
    case 'payment being checked':
      return { title: '上次付款仍在核对', todo: '您的钱不会丢失。请过几分钟再带这张卡来。' }
    case 'centre away':
      return {
        title: '暂时查不到您的账户',
        todo: '现在不能售电。请过几分钟再试，或使用其他终端。',
      }
    case 'visit the office':
      return {
        title: {
          'not issued': '这张卡还没有发放',
          'key blocked': '这张卡已自行锁住',
          'key version': '这张卡太旧了',
          'data differ': '这张卡与我们的记录不符',
          'customer blocked': '您的账户已被冻结',
          'card blocked': '此卡已挂失停用',
          profile: '这里不支持这种卡',
        }[refusal.why],
        todo: office,
      }
    case 'unread purchase':
      return {
        title: `卡上还有 ${energy(refusal.energy)}`,
        todo:
          refusal.at === null
            ? '请先把卡插入电表，然后再来。'
            : `这是${onDay(refusal.at)}买的。请先把卡插入电表，然后再来。`,
      }
    case 'refused by meter':
      return { title: '电表没有接受这张卡', todo: meterAdvice(refusal.code, refusal.otherMeter) }
    case 'meter full':
      return {
        title: '您的电表已满',
        todo: `现有 ${energy(refusal.remaining)}，上限 ${energy(refusal.limit)}。用掉一些再来。`,
      }
    default:
      return never(refusal)
  }
}

/** power-card.md 10.6 的建议，尽量简短。 */
const meterAdvice = (code: number, otherMeter: string | null): string => {
  switch (code) {
    case 1:
      return '当时家里电压太低，请等电压正常后再插一次。'
    case 4:
      return '插入电表时，请芯片朝上、朝前。'
    case 8:
    case 22:
      return '这张卡不是您电表的卡，请换用正确的卡。'
    case 11:
      return otherMeter === null
        ? '它插过别家的电表，请插入您自己的电表。'
        : `它插过别家的电表 ${otherMeter}，请插入您自己的电表。`
    case 13:
      return '您有更新的卡，请使用最新的卡。'
    case 15:
      return '这是新电表，请先插入开户卡。'
    case 18:
      return '终端已读取电表的信息，请回家再插一次卡。'
    case 19:
    case 20:
      return '请再次插入电表，停留 15 秒。'
    case 21:
      return '电表太满，这次购电仍在卡上，用掉一些后再插一次。'
    case 2:
    case 3:
      return `电表需要维修（代码 ${code}），请致电我们。`
    default:
      return `请带卡到营业厅（代码 ${code}）。`
  }
}
