// What the slip of a cash box exchange says, in the languages of the kiosk.
import type { Language } from '../../domain/language.ts'

export type ExchangeTexts = {
  title: string
  exchange: string
  copy: string
  oldBox: string
  newBox: string
  seal: string
  /** Heads the figures of each value of note, in this order. */
  columns: string
  expected: string
  counted: string
  difference: string
  agrees: string
  differs: string
  sealed: string
  unknownValue: string
  unknownFate: string
  record: string
  accuracy: Record<'accurate' | 'inaccurate' | 'unknown', string>
  countedBy: string
  exchangedBy: string
  witness: string
  journal: string
  signature: string
}

const en: ExchangeTexts = {
  title: 'CASH BOX EXCHANGED',
  exchange: 'Exchange no.',
  copy: 'Copy',
  oldBox: 'Box out',
  newBox: 'Box in',
  seal: 'Seal',
  columns: 'Note: expected / counted / difference',
  expected: 'Expected',
  counted: 'Counted',
  difference: 'Difference',
  agrees: 'The count agrees.',
  differs: 'The count differs.',
  sealed: 'Not counted here. The box goes sealed to the office, which counts it.',
  unknownValue: 'Notes of unknown value',
  unknownFate: 'Notes of unknown fate',
  record: 'Record of this box',
  accuracy: { accurate: 'accurate', inaccurate: 'inaccurate', unknown: 'unknown' },
  countedBy: 'Counted by',
  exchangedBy: 'Exchanged by',
  witness: 'Second person',
  journal: 'Journal',
  signature: 'Signature',
}

const zh: ExchangeTexts = {
  title: '钞箱已更换',
  exchange: '更换号',
  copy: '联次',
  oldBox: '取出钞箱',
  newBox: '装入钞箱',
  seal: '封签',
  columns: '面额：应有 / 清点 / 差额',
  expected: '应有',
  counted: '清点',
  difference: '差额',
  agrees: '清点相符。',
  differs: '清点不符。',
  sealed: '未在现场清点。钞箱加封送回办公室清点。',
  unknownValue: '面额不明的纸币',
  unknownFate: '去向不明的纸币',
  record: '本箱记录',
  accuracy: { accurate: '准确', inaccurate: '不准确', unknown: '不明' },
  countedBy: '清点人',
  exchangedBy: '更换人',
  witness: '第二人',
  journal: '日志',
  signature: '签字',
}

const ar: ExchangeTexts = {
  title: 'استُبدل صندوق النقد',
  exchange: 'رقم الاستبدال',
  copy: 'النسخة',
  oldBox: 'الصندوق الخارج',
  newBox: 'الصندوق الداخل',
  seal: 'الختم',
  columns: 'الفئة: المتوقع / المعدود / الفرق',
  expected: 'المتوقع',
  counted: 'المعدود',
  difference: 'الفرق',
  agrees: 'العدّ مطابق.',
  differs: 'العدّ غير مطابق.',
  sealed: 'لم يُعدّ هنا. يذهب الصندوق مختوماً إلى المكتب ليُعدّ فيه.',
  unknownValue: 'أوراق مجهولة الفئة',
  unknownFate: 'أوراق مجهولة المصير',
  record: 'سجل هذا الصندوق',
  accuracy: { accurate: 'دقيق', inaccurate: 'غير دقيق', unknown: 'مجهول' },
  countedBy: 'عدّه',
  exchangedBy: 'استبدله',
  witness: 'الشخص الثاني',
  journal: 'اليومية',
  signature: 'التوقيع',
}

export const exchangeTexts: Record<Language, ExchangeTexts> = { en, zh, ar }
