// The words of the readiness report, on the screen and on paper alike: what was looked at, and how it stands.
import type { Language } from '../language.ts'

/** One check of the readiness report, in this order. */
export const setupChecks = [
  'enrolled',
  'centre',
  'clock',
  'disk',
  'cardReader',
  'noteAcceptor',
  'notes',
  'receiptPrinter',
  'bankTerminal',
  'tenders',
  'person',
  'settings',
] as const
export type SetupCheck = (typeof setupChecks)[number]

export type ReportWords = {
  title: string
  /** Under the title, when nothing is wrong; when something is. */
  ready: string
  notReady: string
  kiosk: string
  date: string
  check: Record<SetupCheck, string>
  mark: Record<'well' | 'attention' | 'wrong' | 'quiet', string>
  tender: Record<'cash' | 'bank card' | 'bank account' | 'account', string>
}

export const reportWords: Record<Language, ReportWords> = {
  en: {
    title: 'Readiness report',
    ready: 'The kiosk can go into service',
    notReady: 'The kiosk cannot go into service yet',
    kiosk: 'Kiosk',
    date: 'Date',
    check: {
      enrolled: 'Certificate until',
      centre: 'Centre',
      clock: 'Clock',
      disk: 'Free on the disk',
      cardReader: 'Card reader',
      noteAcceptor: 'Note acceptor',
      notes: 'Banknotes',
      receiptPrinter: 'Receipt printer',
      bankTerminal: 'Bank terminal',
      tenders: 'Can be paid by',
      person: 'Maintenance',
      settings: 'Settings',
    },
    mark: { well: 'well', attention: 'look', wrong: 'wrong', quiet: '-' },
    tender: {
      cash: 'banknotes',
      'bank card': 'bank card',
      'bank account': 'bank account',
      account: 'capital account',
    },
  },
  zh: {
    title: '就绪报告',
    ready: '终端可以投入使用',
    notReady: '终端暂时不能投入使用',
    kiosk: '终端',
    date: '日期',
    check: {
      enrolled: '证书有效期至',
      centre: '售电中心',
      clock: '时钟',
      disk: '磁盘可用空间',
      cardReader: '读卡器',
      noteAcceptor: '纸币接收器',
      notes: '纸币',
      receiptPrinter: '凭条打印机',
      bankTerminal: '银行卡终端',
      tenders: '可用支付方式',
      person: '维护人员',
      settings: '设置',
    },
    mark: { well: '正常', attention: '请注意', wrong: '有误', quiet: '-' },
    tender: {
      cash: '现金',
      'bank card': '银行卡',
      'bank account': '银行账户',
      account: '购电账户',
    },
  },
  ar: {
    title: 'تقرير الجاهزية',
    ready: 'يمكن وضع الجهاز في الخدمة',
    notReady: 'لا يمكن وضع الجهاز في الخدمة بعد',
    kiosk: 'الجهاز',
    date: 'التاريخ',
    check: {
      enrolled: 'الشهادة صالحة حتى',
      centre: 'مركز البيع',
      clock: 'الساعة',
      disk: 'المساحة الحرة على القرص',
      cardReader: 'قارئ البطاقات',
      noteAcceptor: 'قابل الأوراق النقدية',
      notes: 'الأوراق النقدية',
      receiptPrinter: 'طابعة الإيصالات',
      bankTerminal: 'جهاز البطاقات المصرفية',
      tenders: 'طرق الدفع',
      person: 'الصيانة',
      settings: 'الإعدادات',
    },
    mark: { well: 'سليم', attention: 'انتبه', wrong: 'خطأ', quiet: '-' },
    tender: {
      cash: 'الأوراق النقدية',
      'bank card': 'البطاقة المصرفية',
      'bank account': 'الحساب المصرفي',
      account: 'حساب الكهرباء',
    },
  },
}
