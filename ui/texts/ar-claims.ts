// What is said of a claim slip, in Arabic.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import type { Texts } from './texts.ts'

export const claimTexts = (format: Format): Texts['claim'] => ({
  title: 'اكتب الرقم الذي على قسيمتك',
  where: 'الأرقام الاثنا عشر بجانب «رقم المرجع».',
  wrong: 'أحد الأرقام غير صحيح. قارنها بقسيمتك.',
  next: 'استرداد قيمة القسيمة',
  again: 'اسأل مرة أخرى',
  told: (told) => {
    switch (told.kind) {
      case 'redeemed':
        return {
          title: 'تم استرداد قيمة القسيمة',
          todo: 'النقود في حساب هذه البطاقة. لا تُستعمل القسيمة مرة أخرى.',
        }
      case 'already in account':
        return {
          title: 'كانت النقود قد وصلت',
          todo:
            told.card === null
              ? 'هي في حساب البطاقة التي دُفعت بها. إن كان على قسيمتك مبلغ آخر فاتصل بنا.'
              : `هي في حساب البطاقة المنتهية بالرقم \u2066${told.card.slice(-4)}\u2069. إن كان على قسيمتك مبلغ آخر فاتصل بنا.`,
        }
      case 'in a purchase':
        return {
          title: 'النقود في عملية شراء',
          todo:
            told.card === null
              ? 'أدخل البطاقة التي دُفعت من أجلها لتراها.'
              : `أدخل البطاقة المنتهية بالرقم \u2066${told.card.slice(-4)}\u2069 لتراها.`,
        }
      case 'already redeemed':
        return {
          title: 'استُردت قيمة هذه القسيمة من قبل',
          todo: `كان ذلك في ${format.shortDate(told.at)}. تُدفع القسيمة مرة واحدة.`,
        }
      case 'not yet':
        return {
          title: 'لم يُبلغ ذلك الجهاز بعد',
          todo: 'نقودك محفوظة. حاول غداً أو أحضر القسيمة إلى مكتبنا.',
        }
      case 'not known':
        return {
          title: 'هذا الرقم غير معروف بعد',
          todo: 'قارنه بقسيمتك. ربما لم يُبلغ الجهاز الذي طبعها بعد: حاول غداً أو أحضر القسيمة إلى مكتبنا.',
        }
      case 'ask the office':
        return {
          title: 'يجب أن ينظر موظف في هذه القسيمة',
          todo: 'أحضرها إلى مكتبنا أو اتصل بنا.',
        }
      case 'refused':
        return {
          title: 'أرقام غير صحيحة كثيرة',
          todo: 'لا يمكن الاسترداد هنا الآن. أحضر قسيمتك إلى مكتبنا.',
        }
      case 'no answer':
        return {
          title: 'لم يُجب المركز بعد',
          todo: 'ربما استُردت قيمة القسيمة. يواصل الجهاز السؤال، وتُدفع مرة واحدة. احتفظ بقسيمتك.',
        }
      case 'centre away':
        return {
          title: 'تعذّر الوصول إلى المركز',
          todo: 'لم يُسترد شيء. احتفظ بقسيمتك وحاول لاحقاً.',
        }
      default:
        return never(told)
    }
  },
})
