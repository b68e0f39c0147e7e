// العربية for what goes wrong: refusals, notes that come back, mishaps, and where the money is.
import { never } from '../../domain/never.ts'
import type { MoneyPlace, NoteState, RefusalView } from '../kiosk/screen.ts'
import type { Format } from '../parts/format.ts'
import type { Texts, Told } from './texts.ts'
import { ltr } from './ar-numbers.ts'

export const mishapTexts = (format: Format): Texts['mishap'] => ({
  title: {
    'card pulled while writing': 'سُحبت البطاقة قبل الأوان',
    'card not written': 'تعذرت كتابة الكهرباء على البطاقة',
    'outcome unknown': 'لا نعرف بعد هل وصلت إلى البطاقة',
    'centre did not answer': 'لم يجب مركز بيع الكهرباء',
    'order refused': 'لم يتم الشراء',
    'note acceptor failed': 'توقفت فتحة الأوراق عن العمل',
    'note unaccounted for': 'ورقة نقدية لم يُعرف مكانها',
    'undo unknown': 'لا نعلم بعد هل أُلغي الشراء',
    'payment unknown': 'لا نعرف بعد هل خُصم المبلغ',
    'payment kept': 'خُصم المبلغ وتعذر إلغاؤه',
  },
  happened: {
    'card pulled while writing': 'خرجت البطاقة من الفتحة أثناء الكتابة.',
    'card not written': 'لم تقبلها البطاقة بعد عدة محاولات.',
    'outcome unknown': 'توقفت البطاقة عن الإجابة أثناء الكتابة.',
    'centre did not answer': 'انقطع الخط إلى المركز قبل اكتمال الطلب.',
    'order refused': 'لم يقبل المركز هذا الطلب.',
    'note acceptor failed': 'أخذت أوراقك حتى الآن ثم توقفت.',
    'note unaccounted for': 'دخلت ورقة ولا يستطيع الجهاز أن يقول أين هي.',
    'undo unknown': 'كان الشراء يُلغى حين ضاع الجواب.',
    'payment unknown': 'ضاع جواب البنك، ولم تُكتب كهرباء.',
    'payment kept': 'لم تُكتب كهرباء مقابل هذا الدفع.',
  },
  money: moneyPlace(format),
  moneyTitle: 'نقودك',
  todo: {
    'card pulled while writing': 'أدخل هذه البطاقة في أي جهاز. سيكمل الشراء.',
    'card not written': 'أدخل هذه البطاقة في أي جهاز، أو اذهب إلى المكتب.',
    'outcome unknown': 'أدخل هذه البطاقة في أي جهاز. سيتحقق ويكمل الشراء.',
    'centre did not answer': 'عد لاحقاً بهذه البطاقة، هنا أو في أي جهاز.',
    'order refused': 'اتصل بنا بالمرجع أدناه، أو اذهب إلى المكتب.',
    'note acceptor failed': 'استخدم النقود التي في حسابك، هنا أو في أي جهاز.',
    'note unaccounted for': 'احتفظ بالمرجع أدناه. سنعدّ الصندوق ونتصل بك.',
    'undo unknown': 'أدخل هذه البطاقة في أي جهاز فتعرف فوراً.',
    'payment unknown': 'احتفظ بالمرجع. نواصل سؤال بنكك.',
    'payment kept': 'النقود لك. اتصل بنا بالمرجع، أو اذهب إلى المكتب.',
  },
  todoTitle: 'ما العمل',
  callTitle: 'هل لديك سؤال؟',
  call: (phone) => `اتصل بالرقم ${ltr(phone)}`,
  understood: 'حفظته',
})

export const interruptedTexts: Texts['interrupted'] = {
  title: 'توقف الجهاز أثناء شرائك',
  happened: 'عاد الجهاز إلى العمل وبحث عن نقودك.',
  energyTitle: 'الكهرباء على بطاقتك',
  energy: {
    'on the card': 'نعم، هي على البطاقة.',
    'not on the card': 'لا، لم يُضف شيء.',
    'card decides': 'لا نعرف بعد: يظهر ذلك عند إدخال البطاقة من جديد.',
  },
  todo: {
    'on the card': 'أدخل البطاقة في عدادك في البيت.',
    'not on the card': 'أدخل بطاقتك في أي جهاز وتابع. احتفظ بالمرجع.',
    'card decides': 'أدخل بطاقتك في أي جهاز. سيتحقق ويكمل الشراء.',
  },
  cardNext: 'اترك البطاقة مكانها: سننظر فيها الآن.',
  slipLater: 'تُطبع قسيمة عندما تعمل الطابعة.',
}

export const noteState =
  ({ money }: Format) =>
  (note: NoteState): string => {
    switch (note.kind) {
      case 'ready':
        return 'جاهز للورقة التالية'
      case 'reading':
        return 'نقرأ الورقة'
      case 'checking':
        return `نتحقق من ${money(note.value)}`
      case 'taken':
        return `أُخذت ${money(note.value)}`
      case 'given back':
        return `أُعيدت ${money(note.value)}: خذها`
      case 'refused':
        return {
          'not recognised': 'لم نتعرف على الورقة',
          'not accepted now': 'هذه الورقة غير مقبولة',
          'two notes': 'ورقة واحدة كل مرة',
          'pulled back': 'سُحبت الورقة إلى الخلف',
          'held too long': 'اترك الورقة من فضلك',
          'cannot stack': 'جرّب ورقة أخرى',
          'too much': 'هذا أكثر من الحد',
        }[note.why]
      case 'stopped':
        return note.why === 'not offered here'
          ? 'لا تُقبل الأوراق هنا'
          : note.why === 'cash box full'
            ? 'صندوق النقد ممتلئ'
            : 'توقفت فتحة الأوراق'
      default:
        return never(note)
    }
  }

const moneyPlace =
  ({ money }: Format) =>
  (place: MoneyPlace): string => {
    switch (place.kind) {
      case 'in the order':
        return `${place.amount === null ? 'مبلغك' : money(place.amount)} محفوظ في الطلب ${ltr(place.order)} لهذه البطاقة وحدها.`
      case 'card decides':
        return `${place.amount === null ? 'مبلغك' : money(place.amount)} على البطاقة طاقةً أو في حسابك: أحدهما، ولا يضيع.`
      case 'paid for energy':
        return `دُفع ${place.amount === null ? 'مبلغك' : money(place.amount)} ثمناً لكهرباء الطلب ${ltr(place.order)}.`
      case 'in the account':
        return `قُيِّد ${place.amount === null ? 'مبلغك' : money(place.amount)} في حسابك.${place.balance === null ? '' : ` فيه الآن ${money(place.balance)}.`}`
      case 'on its way to the account':
        return `${money(place.amount)} في الطريق إلى حسابك. يرسله الجهاز حتى يصل.`
      case 'held':
        return place.amount === null
          ? 'ورقة لا تُعرف قيمتها محفوظة لك تحت المرجع أدناه.'
          : `${money(place.amount)} محفوظ لك تحت المرجع أدناه.`
      case 'not charged':
        return `لم يُخصم ${money(place.amount)} منك.`
      case 'asking the bank':
        return `نسأل بنكك هل خُصم ${money(place.amount)}.`
      case 'not taken':
        return 'لم تؤخذ أي نقود.'
      default:
        return never(place)
    }
  }

const office = 'اذهب إلى المكتب ومعك هذه البطاقة من فضلك.'

export const refused = (
  refusal: RefusalView,
  { energy }: Format,
  onDay: (at: number) => string,
): Told => {
  switch (refusal.kind) {
    case 'foreign card':
      return {
        title: 'هذه ليست بطاقة كهرباء',
        todo: 'خذها من فضلك وأدخل بطاقة عدادك.',
      }
    case 'card not readable':
      return {
        title: 'تعذرت قراءة البطاقة',
        todo: 'امسح الشريحة الذهبية وأدخلها والشريحة إلى الأمام. إن لم ينفع فخذها إلى المكتب.',
      }
    case 'not genuine':
      return { title: 'لم تثبت هذه البطاقة أنها من بطاقاتنا', todo: office }
    case 'service card':
      return {
        title: 'هذه بطاقة صيانة',
        todo: 'هي للفنيين. أدخل بطاقة عدادك من فضلك.',
      }
    case 'preset card':
      return {
        title: 'هذه البطاقة لتشغيل عداد جديد فقط',
        todo: 'أدخل بطاقة الشراء الخاصة بعدادك من فضلك.',
      }
    case 'card replaced':
      return {
        title: 'استُبدلت هذه البطاقة',
        todo: 'صدرت بطاقة أحدث لعدادك. استخدمها من فضلك.',
      }
    case 'other area':
      return {
        title: 'هذه البطاقة من منطقة أخرى',
        todo: 'استخدم جهازاً للشركة التي أصدرتها من فضلك.',
      }
    case 'not yet in meter':
      return {
        title: 'أدخل هذه البطاقة في عدادك أولاً',
        todo: 'يجب أن تُدخَل البطاقة الجديدة في العداد مرة واحدة. ثم عد واشترِ.',
      }
    case 'under inquiry':
      return {
        title: 'يجب فحص هذه البطاقة',
        todo: 'شراؤها الأخير لا يوافق دفاترنا. اذهب بها إلى المكتب من فضلك.',
      }
    case 'payment being checked':
      return {
        title: 'دفعتك الأخيرة ما زالت قيد التحقق',
        todo: 'لم يضِع شيء. عد بهذه البطاقة بعد بضع دقائق من فضلك.',
      }
    case 'centre away':
      return {
        title: 'لا نصل إلى حسابك الآن',
        todo: 'لا يمكن البيع بدونه. حاول بعد دقائق أو في جهاز آخر.',
      }
    case 'visit the office':
      return {
        title: {
          'not issued': 'لم تصدر هذه البطاقة لأحد',
          'key blocked': 'أغلقت هذه البطاقة نفسها',
          'key version': 'هذه البطاقة قديمة على نظامنا',
          'data differ': 'هذه البطاقة لا توافق سجلاتنا',
          'customer blocked': 'حسابك موقوف',
          'card blocked': 'هذه البطاقة موقوفة',
          profile: 'هذا النوع من البطاقات لا يُخدم هنا',
        }[refusal.why],
        todo: office,
      }
    case 'unread purchase':
      return {
        title: `ما زالت ${energy(refusal.energy)} على هذه البطاقة`,
        todo:
          refusal.at === null
            ? 'أدخل البطاقة في عدادك أولاً ثم عد.'
            : `اشتريتها ${onDay(refusal.at)}. أدخل البطاقة في عدادك أولاً ثم عد.`,
      }
    case 'refused by meter':
      return {
        title: 'لم يقبل عدادك هذه البطاقة',
        todo: meterAdvice(refusal.code, refusal.otherMeter),
      }
    case 'meter full':
      return {
        title: 'عدادك ممتلئ',
        todo: `فيه ${energy(refusal.remaining)} ويتسع لمقدار ${energy(refusal.limit)}. عد بعد أن تستهلك بعضها.`,
      }
    default:
      return never(refusal)
  }
}

/** The advice of power-card.md 10.6, in as few words. */
const meterAdvice = (code: number, otherMeter: string | null): string => {
  switch (code) {
    case 1:
      return 'كان الجهد في البيت منخفضاً. أدخلها من جديد حين يستقر.'
    case 4:
      return 'أدخلها في العداد والشريحة إلى الأمام وإلى الأعلى.'
    case 8:
    case 22:
      return 'هذه البطاقة ليست لعدادك. استخدم البطاقة الصحيحة من فضلك.'
    case 11:
      return otherMeter === null
        ? 'أُدخلت في عداد ليس عدادك. أدخلها في عدادك.'
        : `أُدخلت في العداد ${ltr(otherMeter)} وهو ليس عدادك. أدخلها في عدادك.`
    case 13:
      return 'لديك بطاقة أحدث. استخدم أحدث بطاقة من فضلك.'
    case 15:
      return 'العداد جديد. أدخل فيه بطاقة التشغيل أولاً.'
    case 18:
      return 'قرأ هذا الجهاز رسالة عدادك. أدخل البطاقة في البيت مرة أخرى.'
    case 19:
    case 20:
      return `أدخلها في العداد مرة أخرى واتركها ${ltr(15)} ثانية.`
    case 21:
      return 'كان العداد ممتلئاً. الشراء باقٍ على البطاقة: أدخلها حين تستهلك بعض الكهرباء.'
    case 2:
    case 3:
      return `يحتاج العداد إلى صيانة (الرمز ${ltr(code)}). اتصل بنا من فضلك.`
    default:
      return `خذ البطاقة إلى المكتب من فضلك (الرمز ${ltr(code)}).`
  }
}
