// العربية for a payment that goes through a bank.
import type { Texts } from './texts.ts'

export const paymentTexts: Texts['payment'] = {
  hint: {
    'insert card': {
      title: 'قرّب بطاقتك البنكية أو أدخلها',
      todo: 'في جهاز البطاقات حيث يشير السهم.',
    },
    'enter pin': {
      title: 'أدخل رمزك السري في جهاز البطاقات',
      todo: 'ليس على هذه الشاشة. غطِّ المفاتيح بيدك.',
    },
    'wrong pin': { title: 'الرمز السري غير صحيح', todo: 'أدخله مرة أخرى في جهاز البطاقات.' },
    'please wait': { title: 'لحظة من فضلك', todo: 'اتبع ما يقوله جهاز البطاقات.' },
    'asking the bank': { title: 'نسأل بنكك', todo: 'يستغرق ذلك ثواني.' },
    'remove card': { title: 'خذ بطاقتك البنكية', todo: 'تبقى بطاقة الكهرباء في مكانها.' },
    reversing: { title: 'نلغي الدفع', todo: 'انتظر حتى ينتهي الإلغاء.' },
    approved: { title: 'وافق بنكك', todo: 'تابع هنا على هذه الشاشة.' },
    declined: { title: 'لم يوافق بنكك', todo: 'لحظة من فضلك.' },
    'not possible': { title: 'هذا غير ممكن', todo: 'لحظة من فضلك.' },
  },
  problem: {
    declined: 'رفض بنكك الدفع.',
    'customer cancelled': 'أُلغي الدفع.',
    'timed out': 'طال الانتظار.',
    'card not readable': 'تعذرت قراءة بطاقتك البنكية.',
    'card not accepted': 'هذه البطاقة البنكية غير مقبولة هنا.',
    'not enough money': 'رصيد ذلك الحساب لا يكفي.',
    'no connection': 'تعذر الوصول إلى البنك.',
    'terminal busy': 'جهاز البطاقات مشغول.',
    'wrong pin': 'الرمز السري غير صحيح.',
    limit: 'هذا أكثر مما يسمح به بنكك.',
    'no bank account': 'هذه البطاقة غير مرتبطة بحساب بنكي.',
    'not possible': 'لم يتم الدفع.',
  },
  nothingCharged: ' لم يُخصم شيء.',
}
