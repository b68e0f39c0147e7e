// The parts in Arabic.
import type { PartsWords } from './parts-words.ts'

export const partsAr: PartsWords = {
  waiting: 'لحظة من فضلك',
  unreached: 'تعذّر الوصول إلى المركز. لم يُفقد شيء؛ حاول بعد قليل.',
  unknownOutcome:
    'لم يأتِ من المركز جواب واضح، ولا يُعرف بعد هل نُفّذ الطلب. أرسله من جديد: لن يُنفَّذ أكثر من مرة واحدة.',
  again: 'حاول من جديد',
  close: 'إغلاق',
  cancel: 'إلغاء',
  nothing: 'لا شيء هنا',
  none: 'لا شيء',
  more: 'اعرض المزيد',
  first: 'من البداية',
  apply: 'اعرض',
  clear: 'امسح الكل',
  any: 'الكل',
  optional: 'اختياري',
  marks: { well: 'سليم', attention: 'يحتاج إلى انتباه', wrong: 'خلل', quiet: 'هادئ' },
  sort: (column) => `رتّب حسب ${column}`,
  asTable: 'كجدول',
  asChart: 'كرسم بياني',
  was: (value) => `من قبل: ${value}`,
  rows: (count) => `عدد الأسطر: ${count}`,
  working: 'جارٍ العمل',
  doing: 'لحظة…',
  copy: 'نسخ',
  copied: 'نُسخ',
  value: 'القيمة',
  weekday: 'اليوم',
  hour: 'الساعة',
  total: 'المجموع',
}
