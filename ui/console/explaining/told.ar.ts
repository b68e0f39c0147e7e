// ما حدث في عملية بيع، جملة لكل حدث، بالعربية.
import type { ExplainingWords } from './words.ts'

const devices: Record<string, string> = {
  cardReader: 'قارئ البطاقات',
  noteAcceptor: 'قابل الأوراق النقدية',
  receiptPrinter: 'طابعة الإيصالات',
  bankTerminal: 'جهاز الدفع البنكي',
  serviceSwitch: 'مفتاح الصيانة',
  door: 'الباب',
}
const tenders: Record<string, string> = {
  cash: 'أوراق نقدية',
  'bank card': 'بطاقة بنكية',
  'bank account': 'حساب بنكي',
  account: 'حساب رأس المال',
  payment: 'دفعة بنكية',
}
const ends: Record<string, string> = {
  bought: 'تم الشراء',
  deposited: 'ذهب المال إلى الحساب',
  kept: 'المال محفوظ بقسيمة',
  redeemed: 'صُرفت قسيمة مطالبة',
  'claim asked': 'أُدخلت قسيمة مطالبة',
  'returned to account': 'أُعيد الطلب',
  settled: 'أُتمّ شراء سابق',
  undone: 'سُحب الشراء',
  'held in order': 'المال في الطلب',
  'not charged': 'لم يُخصم شيء',
  'payment unknown': 'لم يُعرف هل خصم البنك',
  'nothing bought': 'لم يُشترَ شيء',
  'card pulled while writing': 'سُحبت البطاقة أثناء الكتابة',
  'card not written': 'لم تُكتب البطاقة',
  'outcome unknown': 'لم يُعرف هل كُتبت البطاقة',
  'centre did not answer': 'لم يُجب المركز',
  'order refused': 'رُفض الطلب',
  'note acceptor failed': 'تعطل قابل الأوراق',
  'note unaccounted for': 'ورقة لا يُعرف مكانها',
  'undo unknown': 'لم يُعرف هل سُحب الشراء',
  'payment kept': 'خصم البنك ولم يُسلّم شيء',
}
const verdicts: Record<string, string> = {
  'can sell': 'يمكنها الشراء',
  'open order': 'عليها طلب مفتوح',
  refused: 'لا يُباع لها شيء الآن',
  'look again': 'يجب قراءتها من جديد',
}
const accounts: Record<string, string> = {
  'customer account': 'الحساب',
  suspense: 'المطالبات',
  'bank payments': 'ما على البنك',
  'kiosk cash': 'في الجهاز',
  'unpaid deliveries': 'طاقة لا يدفع ثمنها أحد',
  'pending orders': 'في الطلبات',
  'opening balances': 'دفاتر سابقة',
  'office cash': 'نقد المكتب',
  arrears: 'دين قديم',
  energy: 'طاقة',
  VAT: 'ضريبة القيمة المضافة',
  fees: 'رسوم خدمة',
  'fixed charges': 'رسوم ثابتة',
  'other levies': 'رسوم أخرى',
}
const postings: Record<string, string> = {
  'payment given back': 'أُعيدت دفعة',
  'delivery unpaid': 'الطاقة عند المشترك ودفعتها أُلغيت',
  'order taken over': 'نُقل الطلب من دفاتر سابقة',
  'notes booked': 'قُيّدت أوراق نقدية',
  'payment booked': 'قُيّدت دفعة',
}
const rows: Record<string, string> = {
  sale: 'دفعة',
  'top-up': 'شحن',
  reversal: 'إلغاء',
  return: 'إعادة',
}
export const statesAr: ExplainingWords['states'] = {
  QUOTED: 'سعر معروض',
  FUNDED: 'المال مؤمّن',
  AWAIT_WRITE: 'ينتظر الكتابة',
  UNKNOWN: 'لا أحد يعلم: البطاقة تحسم',
  NOT_LOADED_RETRY: 'ثبت أنها ليست على البطاقة',
  LOADED: 'ثبت أنها على البطاقة',
  METER_CREDITED: 'ثبت أنها في العداد',
  UNDONE: 'أُلغي',
  RETURNED_TO_ACCOUNT: 'أُعيد',
  EXPIRED: 'انتهت صلاحيته',
  SUSPECT: 'الدفاتر والبطاقة متناقضة',
}
const states = statesAr

export const toldAr: ExplainingWords['told'] = {
  'card.inserted': ({ card }, say) => `أُدخلت البطاقة ${say.id(card)}.`,
  'card.judged': ({ verdict }, say) =>
    verdict === null
      ? 'سُئل المركز عن البطاقة.'
      : `نظر المركز في البطاقة: ${verdicts[verdict] ?? say.id(verdict)}.`,
  'session.ended': ({ end, cash }, say) =>
    cash > 0
      ? `انتهت الزيارة وأُخذت أوراق بقيمة ${say.money(cash)}: ${ends[end] ?? say.noted(end)}.`
      : `انتهت الزيارة: ${ends[end] ?? say.noted(end)}.`,
  'note.offered': ({ value }, say) =>
    `احتُجزت ورقة بقيمة ${say.money(value)}، ولا يُذكر عنها شيء بعد ذلك.`,
  'note.moving': ({ value, to }, say) =>
    to === 'box'
      ? `كانت ورقة بقيمة ${say.money(value)} في طريقها إلى الصندوق؛ لم يرَ أحد النهاية.`
      : `كانت ورقة بقيمة ${say.money(value)} في طريقها إلى المشترك؛ لم يرَ أحد النهاية.`,
  'note.stacked': ({ value }, say) => `أُخذت ورقة بقيمة ${say.money(value)} إلى الصندوق.`,
  'note.returned': ({ value }, say) => `أُعيدت ورقة بقيمة ${say.money(value)} إلى المشترك.`,
  'note.unknown': ({ value, why }, say) =>
    `لا أحد يعلم أين ذهبت ورقة بقيمة ${say.money(value)} (${say.noted(why)}).`,
  'note.unexpected': ({ value }, say) =>
    value === null
      ? 'ظهرت ورقة في الصندوق ولم يذكر القابل قيمتها.'
      : `ظهرت ورقة بقيمة ${say.money(value)} في الصندوق.`,
  'note.booked': ({ value, place }, say) =>
    `ورقة بقيمة ${say.money(value)} في الدفاتر: ${{ order: 'في الطلب', account: 'في الحساب', suspense: 'كمطالبة' }[place]}.`,
  'payment.asked': ({ way, amount }, say) =>
    `طُلب ${say.money(amount)} بطريقة: ${tenders[way]}، ولا يُذكر جواب.`,
  'payment.authorised': ({ way, amount, evidence }, say) =>
    `وافق البنك على ${say.money(amount)} بطريقة: ${tenders[way]}${evidence === null ? '' : ` (إيصال ${say.id(evidence)})`}.`,
  'payment.declined': ({ amount, why }, say) =>
    `رُفضت الدفعة البنكية ${say.money(amount)} (${say.noted(why)}). لم يُخصم شيء.`,
  'payment.ending': ({ amount, to }, say) =>
    to === 'keep'
      ? `كانت الدفعة البنكية ${say.money(amount)} ستصبح نهائية؛ لم يرَ أحد النهاية.`
      : `كانت الدفعة البنكية ${say.money(amount)} ستُلغى؛ لم يرَ أحد النهاية.`,
  'payment.kept': ({ amount }, say) => `أصبحت الدفعة البنكية ${say.money(amount)} نهائية: خُصمت.`,
  'payment.reversed': ({ amount }, say) => `أُلغيت الدفعة البنكية ${say.money(amount)}: لم تُخصم.`,
  'payment.unknown': ({ amount, why }, say) =>
    `لم يستطع أحد القول هل خُصم ${say.money(amount)} (${say.noted(why)}). يُسأل جهاز الدفع.`,
  'payment.given-up': ({ amount, why }, say) =>
    `لم يعد أحد عند الجهاز يستطيع القول هل خُصم ${say.money(amount)} (${say.noted(why)}). ملف البنك يحسم.`,
  'payment.known': ({ amount, ended }, say) =>
    ({
      open: `تعرف الدفاتر الدفعة البنكية ${say.money(amount)}؛ لم يبلّغ جهازها بنهايتها.`,
      kept: `بحسب الدفاتر خُصمت الدفعة البنكية ${say.money(amount)}.`,
      reversed: `بحسب الدفاتر أُلغيت الدفعة البنكية ${say.money(amount)}.`,
      unknown: `بحسب الدفاتر لا أحد يعلم هل خُصمت الدفعة البنكية ${say.money(amount)}.`,
    })[ended],
  'order.asked': ({ tender, amount }, say) =>
    `طُلب إنشاء طلب بمبلغ ${say.money(amount)} يُدفع بـ: ${tenders[tender]}، ولا يُذكر جواب.`,
  'order.made': ({ order, tender, amount, toAccount, energy }, say) =>
    `أُنشئ الطلب ${say.id(order)}: دُفع ${say.money(amount)} بـ: ${tenders[tender]}، مقابل ${say.energy(energy)}${toAccount > 0 ? `؛ وذهب ${say.money(toAccount)} إضافي إلى المشترك` : ''}.`,
  'order.refused': ({ why }, say) => `لم ينشئ المركز طلباً (${say.noted(why)}).`,
  'order.unknown': ({ why }, say) => `لم يسمع الجهاز هل أُنشئ طلب (${say.noted(why)}).`,
  'script.released': ({ attempt }, say) =>
    attempt === 1
      ? 'أصدر المركز أوامر الكتابة على البطاقة.'
      : `أصدر المركز أوامر الكتابة على البطاقة، المحاولة ${say.count(attempt)}.`,
  'card.writing': () => 'كانت البطاقة تُكتب؛ لم يرَ أحد النهاية.',
  'card.written': () => 'الطاقة على البطاقة: البطاقة نفسها أثبتت ذلك.',
  'card.not-written': () => 'الطاقة ليست على البطاقة: البطاقة نفسها أثبتت ذلك.',
  'card.unknown': ({ why }, say) => `لم يرَ أحد هل وصلت الطاقة إلى البطاقة (${say.noted(why)}).`,
  'undo.asked': () => 'كان الشراء سيُسحب؛ لم يرَ أحد النهاية.',
  'undo.done': () => 'سُحب الشراء من البطاقة: البطاقة نفسها أثبتت ذلك.',
  'undo.not-done': ({ why }, say) => `لم يُسحب الشراء (${say.noted(why)}).`,
  'undo.unknown': ({ why }, say) => `لم يرَ أحد هل سُحب الشراء (${say.noted(why)}).`,
  'order.returning': () => 'كان الطلب سيُعاد؛ ولا يُذكر جواب.',
  'order.returned': ({ to, amount }, say) =>
    ({
      account: `عاد الطلب إلى الحساب${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
      payer: `عاد الطلب إلى الدافع${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
      claim: `عاد الطلب كمطالبة بقسيمتها${amount > 0 ? `: ${say.money(amount)}` : ''}.`,
    })[to],
  'order.not-returned': ({ state }) => `لم يُعد الطلب؛ يبقيه المركز على حاله: ${states[state]}.`,
  'order.state': ({ state, why }, say) => `صارت حالة الطلب ${states[state]} (${say.noted(why)}).`,
  'meter.credited': () => 'حسب العداد الشراء: البيانات الراجعة تثبت ذلك.',
  'sale.closing': () => 'كان الجهاز يسوّي العملية مع المركز؛ ولا يُذكر جواب.',
  'sale.settled': ({ toAccount, toSuspense }, say) =>
    toAccount + toSuspense === 0
      ? 'سُوّيت العملية مع المركز. لم يبقَ شيء.'
      : `سُوّيت العملية مع المركز: ${[
          ...(toAccount > 0 ? [`ذهب ${say.money(toAccount)} إلى الحساب`] : []),
          ...(toSuspense > 0 ? [`حُفظ ${say.money(toSuspense)} كمطالبة`] : []),
        ].join('، ')}.`,
  'receipt.queued': ({ number }, say) =>
    `أُرسل الإيصال ${say.id(String(number))} إلى الطابعة؛ لم يُعرف هل طُبع.`,
  'receipt.printed': ({ number, copy }, say) =>
    `${copy === null ? 'طُبع الإيصال' : 'طُبعت نسخة من الإيصال'}${number === null ? '' : ` ${say.id(String(number))}`}.`,
  'receipt.not-printed': ({ number, why }, say) =>
    `لم يُطبع الإيصال${number === null ? '' : ` ${say.id(String(number))}`} (${say.noted(why)}).`,
  'slip.made': ({ amount }, say) =>
    amount === null
      ? 'صدرت قسيمة مطالبة بمبلغ لم يكن معروفاً.'
      : `صدرت قسيمة مطالبة بمبلغ ${say.money(amount)}.`,
  'claim.asked': ({ reference }, say) => `أُدخل رقم القسيمة ${say.id(reference)}، ولا يُذكر جواب.`,
  'claim.redeemed-here': ({ reference, amount }, say) =>
    `صُرفت في هذه الزيارة القسيمة ${say.id(reference)} من عملية أخرى: ${say.money(amount)}.`,
  'claim.refused': ({ reference, why }, say) =>
    `رُفضت القسيمة ${say.id(reference)} (${say.noted(why)}).`,
  'claim.opened': ({ amount }, say) =>
    amount === null
      ? 'سُجلت مطالبة لا يعلم أحد مقدارها.'
      : `فُتحت مطالبة بمبلغ ${say.money(amount)} لحامل القسيمة.`,
  'claim.settled': ({ amount, how, customer, persons }, say) =>
    `${
      {
        redeemed: `صُرفت المطالبة ${say.money(amount)} في جهاز`,
        'paid to account': `دُفعت المطالبة ${say.money(amount)} إلى حساب`,
        'paid in cash': `دُفعت المطالبة ${say.money(amount)} نقداً`,
        'paid ahead': `دُفعت المطالبة ${say.money(amount)} قبل بلاغ جهازها`,
        'given back': `المطالبة ${say.money(amount)} لاغية: أُلغيت دفعتها`,
      }[how]
    }${customer === null ? '' : `، المشترك ${say.id(customer)}`}${persons.length === 0 ? '' : `؛ بقرار ${persons.map(say.id).join(' و ')}`}.`,
  'fault.raised': ({ device, fault }, say) =>
    `عطل في ${devices[device] ?? say.id(device)}: ${say.id(fault)}.`,
  'fault.cleared': ({ device, fault }, say) =>
    `عاد ${devices[device] ?? say.id(device)} سليماً: انتهى ${say.id(fault)}.`,
  'kiosk.started': ({ boot }, say) =>
    `كان الجهاز قد توقف ثم بدأ من جديد (البدء ${say.count(boot)}).`,
  'kiosk.closed': ({ reason }, say) => `أُغلق الجهاز أمام المشتركين (${say.noted(reason)}).`,
  'kiosk.opened': () => 'فُتح الجهاز للمشتركين من جديد.',
  'people.on-site': ({ what }) =>
    ({
      came: 'فتح أحد الموظفين وضع الصيانة.',
      left: 'خرج أحد الموظفين من وضع الصيانة.',
      'took the cash box': 'أُخرج صندوق النقد.',
    })[what],
  'cash.compared': ({ verdict, difference }, say) =>
    difference !== 0
      ? `عدّ القابل نفسه يختلف بعدد ${say.count(difference)} من الأوراق.`
      : verdict === 'agrees'
        ? 'قورن عدّ القابل نفسه بالسجل وتطابقا.'
        : 'دُوّن عدّ القابل نفسه، ولم يكن هناك ما يقارن به.',
  'journal.torn': () => 'حُفظ جانباً سطر ناقص بعد انقطاع الكهرباء؛ لم يكن قد أُقرّ قط.',
  posting: ({ posting, moved }, say) =>
    `قُيّد: ${postings[posting] ?? say.id(posting)} (${moved.map(({ account, amount }) => `${accounts[account] ?? say.id(account)} ${say.money(amount)}`).join('، ')}).`,
  'card.seen': ({ verdict, carries }, say) =>
    `شوهدت البطاقة مرة أخرى${verdict === null ? '' : ` (${verdicts[verdict] ?? say.id(verdict)})`}${carries === null ? '' : carries === 'this purchase' ? '، وعليها هذا الشراء' : '، وعليها شراء آخر'}.`,
  'meter.told': ({ result, credited, remaining }, say) =>
    `عادت بيانات العداد: ${credited ? 'لديه هذا الشراء' : 'ليس لديه هذا الشراء'}، النتيجة ${say.count(result)}، المتبقي ${say.energy(remaining)}.`,
  'meter.refused': ({ code, otherMeter }, say) =>
    otherMeter === null
      ? `رفض العداد البطاقة، النتيجة ${say.count(code)}.`
      : `رفض عداد آخر، ${say.id(otherMeter)}، البطاقة، النتيجة ${say.count(code)}.`,
  'bank.row': ({ party, row, amount, state, businessDate }, say) =>
    `${party === 'bank' ? 'في ملف البنك' : 'في ملف الخادم الأمامي'} ليوم ${say.id(businessDate)}: ${rows[row]} بمبلغ ${say.money(amount)}، ${say.id(state)}.`,
  alarm: ({ alarm }, say) => `صدر إنذار: ${say.id(alarm)}.`,
  'unknown.entry': ({ type, text }, say) =>
    `سجّل الجهاز شيئاً لا كلمة له في هذا المركز، ${say.id(type)}: ${say.id(text)}`,
}
