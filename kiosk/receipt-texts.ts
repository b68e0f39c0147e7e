// The words of every slip, in every language. Numbers, dates and telephone numbers stand beside them, never inside a
// sentence: between Arabic words their groups would change places.
import type { Language } from '../domain/language.ts'
import type { EnergyAfterStop, Mishap, MoneyPlace, Tender } from '../ui/kiosk/screen.ts'

export type ReceiptTexts = {
  taxNumber: string
  duplicate: string
  date: string
  receipt: string
  kiosk: string
  order: string
  energyOnCard: string
  loaded: string
  settledEarlier: string
  paidBy: Record<Tender, string>
  whatItPaid: string
  fee: string
  fixed: string
  arrearsPaid: string
  vat: string
  vatInPrices: string
  vatInFixed: string
  levies: string
  energy: string
  other: string
  toAccount: string
  /** The same where there is no account: the slip claims it. */
  kept: string
  total: string
  arrearsBefore: string
  arrearsLeft: string
  balance: string
  freeEnergy: string
  inMeter: string
  lastPurchase: string
  customer: string
  meter: string
  card: string
  tariff: string
  purchaseCount: string
  scan: string
  deposited: string
  returned: string
  returnedWhy: string
  undoneWhy: string
  nothingBought: string
  happened: Record<Mishap, string>
  /** After a stop in the middle of a purchase. */
  stopped: string
  onCard: Record<EnergyAfterStop, string>
  yourMoney: string
  amountUnknown: string
  place: Record<MoneyPlace['kind'], string>
  toDo: Record<MoneyPlace['kind'], string>
  /** A claim slip, and what is said when one is redeemed. */
  claim: {
    title: string
    told: string
    once: string
    redeemed: string
    asked: string
    slip: string
  }
  reference: string
  words: string
  help: string
}

const en: ReceiptTexts = {
  taxNumber: 'Tax no.',
  duplicate: 'DUPLICATE',
  date: 'Date',
  receipt: 'Receipt no.',
  kiosk: 'Kiosk',
  order: 'Order no.',
  energyOnCard: 'ON YOUR CARD',
  loaded: 'Leave the card in your meter for 15 seconds.',
  settledEarlier: 'This is your earlier purchase. It had reached your card after all.',
  paidBy: {
    cash: 'Paid in cash',
    'bank card': 'Paid by bank card',
    'bank account': 'Paid from bank account',
    account: 'Paid from account',
  },
  whatItPaid: 'What it paid for',
  fee: 'Service fee',
  fixed: 'Fixed charge',
  arrearsPaid: 'Arrears repaid',
  vat: 'VAT',
  vatInPrices: 'VAT in the prices',
  vatInFixed: 'VAT in the fixed charge',
  levies: 'Levies',
  energy: 'Energy',
  other: 'Fees, arrears and rest',
  toAccount: 'Rest to your account',
  kept: 'Rest kept for you',
  total: 'Total',
  arrearsBefore: 'Arrears before',
  arrearsLeft: 'Arrears left',
  balance: 'Account balance',
  freeEnergy: 'Of which free',
  inMeter: 'Left in the meter',
  lastPurchase: 'Last purchase',
  customer: 'Customer',
  meter: 'Meter',
  card: 'Card',
  tariff: 'Tariff',
  purchaseCount: 'Purchase count',
  scan: 'Scan to check this receipt',
  deposited: 'PAID INTO YOUR ACCOUNT',
  returned: 'BACK IN YOUR ACCOUNT',
  returnedWhy: 'The purchase did not reach your card. It is cancelled.',
  undoneWhy: 'The purchase was taken back, and its energy is off your card.',
  nothingBought: 'Nothing was bought. No money was taken.',
  happened: {
    'card pulled while writing': 'The card was taken out too early.',
    'card not written': 'The energy could not be put on the card.',
    'outcome unknown': 'We do not know yet whether the energy is on the card.',
    'centre did not answer': 'The power sales centre did not answer.',
    'order refused': 'The purchase could not be made.',
    'note acceptor failed': 'The note slot stopped working.',
    'note unaccounted for': 'One note has not been found yet.',
    'undo unknown': 'The purchase was being taken back when the answer was lost.',
    'payment unknown': 'We do not know yet whether your bank was charged.',
    'payment kept': 'Your bank was charged, and the energy could not be sold to you.',
  },
  stopped: 'The kiosk stopped during your purchase.',
  onCard: {
    'on the card': 'The energy is on your card.',
    'not on the card': 'No energy was put on your card.',
    'card decides': 'Whether the energy is on your card shows when it is put in again.',
  },
  yourMoney: 'YOUR MONEY',
  amountUnknown: 'How much is not known yet',
  place: {
    'in the order': 'It is safe in your purchase.',
    'card decides': 'It is on your card as energy, or in your account: one of the two.',
    'paid for energy': 'It has paid for your energy.',
    'in the account': 'It is in your account.',
    'on its way to the account': 'It is on its way to your account.',
    held: 'We keep it for you.',
    'not charged': 'Nothing is taken from your bank.',
    'asking the bank': 'We are still asking whether your bank was charged.',
    'not taken': 'No money was taken.',
  },
  toDo: {
    'in the order':
      'Put this card into any of our kiosks. The purchase is then finished, or the money goes back to your account.',
    'card decides': 'Put this card into any of our kiosks: it tells you at once.',
    'paid for energy': 'Put the card into your meter at home.',
    'in the account': 'You need do nothing. It is there for your next purchase.',
    'on its way to the account':
      'You need do nothing. It arrives as soon as the kiosk reaches the centre. Keep this slip.',
    held: 'Keep this slip and call us. We find your money by the reference.',
    'not charged':
      'You can try again. If your bank shows the sum as reserved, that goes away by itself within a few days.',
    'asking the bank':
      'Keep this slip. Nothing is charged without energy: we undo it, or keep the money for you under this reference.',
    'not taken': 'You can try again.',
  },
  claim: {
    title: 'THIS SLIP IS WORTH YOUR MONEY',
    told: 'Redeem it at any of our kiosks: put in a power card, choose "I have a claim slip" and type the reference. Or bring it to our office.',
    once: 'Once only. If the money reaches your account first, the kiosk tells you so.',
    redeemed: 'Your claim slip is redeemed. It is used up.',
    asked:
      'Your slip was sent to the centre, which has not answered yet. The kiosk goes on asking; it is paid once. Keep both slips.',
    slip: 'Slip',
  },
  reference: 'Reference',
  words: 'In words',
  help: 'Help',
}

const zh: ReceiptTexts = {
  taxNumber: '税号',
  duplicate: '重印',
  date: '日期',
  receipt: '凭条号',
  kiosk: '终端号',
  order: '订单号',
  energyOnCard: '已写入电卡',
  loaded: '请将电卡插入电表，停留 15 秒。',
  settledEarlier: '这是您上一次的购电，经查已写入电卡。',
  paidBy: {
    cash: '现金支付',
    'bank card': '银行卡支付',
    'bank account': '银行账户支付',
    account: '账户支付',
  },
  whatItPaid: '款项用途',
  fee: '手续费',
  fixed: '固定费用',
  arrearsPaid: '偿还欠费',
  vat: '增值税',
  vatInPrices: '电价内含增值税',
  vatInFixed: '固定费用内含增值税',
  levies: '附加费',
  energy: '电费',
  other: '手续费、欠费及余款',
  toAccount: '余款转入账户',
  kept: '余款为您保留',
  total: '合计',
  arrearsBefore: '原欠费',
  arrearsLeft: '剩余欠费',
  balance: '账户余额',
  freeEnergy: '其中免费电量',
  inMeter: '电表剩余电量',
  lastPurchase: '上次购电',
  customer: '客户',
  meter: '电表',
  card: '电卡',
  tariff: '电价',
  purchaseCount: '购电次数',
  scan: '扫码核对本凭条',
  deposited: '已存入账户',
  returned: '已退回账户',
  returnedWhy: '电量未写入电卡，本次购电已取消。',
  undoneWhy: '本次购电已撤销，电量已从卡上撤去。',
  nothingBought: '没有购电，也没有收款。',
  happened: {
    'card pulled while writing': '电卡拔出过早。',
    'card not written': '电量未能写入电卡。',
    'outcome unknown': '尚不能确定电量是否已写入电卡。',
    'centre did not answer': '售电中心没有应答。',
    'order refused': '本次购电未能办理。',
    'note acceptor failed': '纸币口停止工作。',
    'note unaccounted for': '有一张纸币尚未查明。',
    'undo unknown': '撤销购电时没有收到应答。',
    'payment unknown': '尚不能确定银行是否已扣款。',
    'payment kept': '银行已扣款，但未能售出电量。',
  },
  stopped: '购电过程中终端停止了。',
  onCard: {
    'on the card': '电量已写入电卡。',
    'not on the card': '没有电量写入电卡。',
    'card decides': '电量是否已写入电卡，再次插卡时即可查明。',
  },
  yourMoney: '您的款项',
  amountUnknown: '金额尚未查明',
  place: {
    'in the order': '款项安全保留在您的订单中。',
    'card decides': '款项要么作为电量在您的卡上，要么在您的账户中。',
    'paid for energy': '款项已用于购电。',
    'in the account': '款项已在您的账户中。',
    'on its way to the account': '款项正在转入您的账户。',
    held: '款项由我们为您保管。',
    'not charged': '银行没有扣款。',
    'asking the bank': '我们仍在向银行查询是否已扣款。',
    'not taken': '没有收取任何款项。',
  },
  toDo: {
    'in the order': '请将此卡插入我们的任何一台终端，即可完成购电，或将款项退回账户。',
    'card decides': '请将此卡插入我们的任何一台终端，即可查明。',
    'paid for energy': '请回家将电卡插入电表。',
    'in the account': '您无需操作，下次购电时可使用。',
    'on its way to the account': '您无需操作，终端与中心联通后即到账。请保留此凭条。',
    held: '请保留此凭条并致电我们，凭查询号即可查到您的款项。',
    'not charged': '您可以重试。如银行显示该金额被冻结，几天内会自动解冻。',
    'asking the bank': '请保留此凭条。没有售出电量就不会扣款：我们会撤销，或凭查询号为您保管款项。',
    'not taken': '您可以重试。',
  },
  claim: {
    title: '凭此条可领取您的款项',
    told: '可在我们的任何一台终端领取：插入电卡，选择“我有领款凭条”，输入查询号。也可携此条到营业厅。',
    once: '仅限一次。若款项已先到账，终端会告知。',
    redeemed: '您的领款凭条已领取，不可再用。',
    asked: '凭条已发送至中心，尚未得到应答。终端会继续查询，只付一次。请保留两张凭条。',
    slip: '凭条',
  },
  reference: '查询号',
  words: '查询词',
  help: '客服电话',
}

const ar: ReceiptTexts = {
  taxNumber: 'الرقم الضريبي',
  duplicate: 'نسخة مكررة',
  date: 'التاريخ',
  receipt: 'رقم الإيصال',
  kiosk: 'الجهاز',
  order: 'رقم الطلب',
  energyOnCard: 'على بطاقتك',
  loaded: 'اترك البطاقة في العداد خمس عشرة ثانية.',
  settledEarlier: 'هذه عملية شرائك السابقة، وقد وصلت إلى بطاقتك.',
  paidBy: {
    cash: 'المدفوع نقداً',
    'bank card': 'المدفوع بالبطاقة المصرفية',
    'bank account': 'المدفوع من الحساب المصرفي',
    account: 'المدفوع من الحساب',
  },
  whatItPaid: 'فيمَ صُرف المبلغ',
  fee: 'رسم الخدمة',
  fixed: 'رسم ثابت',
  arrearsPaid: 'سداد المتأخرات',
  vat: 'ضريبة القيمة المضافة',
  vatInPrices: 'الضريبة ضمن الأسعار',
  vatInFixed: 'الضريبة ضمن الرسم الثابت',
  levies: 'رسوم أخرى',
  energy: 'الكهرباء',
  other: 'الرسوم والمتأخرات والباقي',
  toAccount: 'الباقي إلى حسابك',
  kept: 'الباقي محفوظ لك',
  total: 'المجموع',
  arrearsBefore: 'المتأخرات سابقاً',
  arrearsLeft: 'المتأخرات المتبقية',
  balance: 'رصيد الحساب',
  freeEnergy: 'منها مجاناً',
  inMeter: 'المتبقي في العداد',
  lastPurchase: 'آخر عملية شراء',
  customer: 'العميل',
  meter: 'العداد',
  card: 'البطاقة',
  tariff: 'التعرفة',
  purchaseCount: 'تسلسل الشراء',
  scan: 'امسح الرمز للتحقق من الإيصال',
  deposited: 'أُودع في حسابك',
  returned: 'أُعيد إلى حسابك',
  returnedWhy: 'لم تصل الطاقة إلى بطاقتك، وأُلغيت العملية.',
  undoneWhy: 'أُلغي الشراء وسُحبت طاقته من بطاقتك.',
  nothingBought: 'لم يتم شراء شيء ولم يُؤخذ أي مبلغ.',
  happened: {
    'card pulled while writing': 'سُحبت البطاقة قبل الأوان.',
    'card not written': 'تعذّرت كتابة الطاقة على البطاقة.',
    'outcome unknown': 'لا نعلم بعد هل وصلت الطاقة إلى البطاقة.',
    'centre did not answer': 'لم يُجب مركز بيع الكهرباء.',
    'order refused': 'تعذّر إتمام الشراء.',
    'note acceptor failed': 'توقفت فتحة الأوراق النقدية عن العمل.',
    'note unaccounted for': 'ورقة نقدية لم يُعرف مكانها بعد.',
    'undo unknown': 'كان الشراء يُلغى حين ضاع الجواب.',
    'payment unknown': 'لا نعلم بعد هل خُصم المبلغ من مصرفك.',
    'payment kept': 'خُصم المبلغ من مصرفك وتعذّر بيع الطاقة لك.',
  },
  stopped: 'توقف الجهاز أثناء شرائك.',
  onCard: {
    'on the card': 'الطاقة على بطاقتك.',
    'not on the card': 'لم تُكتب طاقة على بطاقتك.',
    'card decides': 'يظهر هل وصلت الطاقة إلى بطاقتك عند إدخالها من جديد.',
  },
  yourMoney: 'نقودك',
  amountUnknown: 'المبلغ غير معروف بعد',
  place: {
    'in the order': 'نقودك محفوظة في عملية الشراء.',
    'card decides': 'هي على بطاقتك طاقةً أو في حسابك: أحدهما.',
    'paid for energy': 'دُفعت نقودك ثمناً للكهرباء.',
    'in the account': 'نقودك في حسابك.',
    'on its way to the account': 'نقودك في طريقها إلى حسابك.',
    held: 'نحتفظ بنقودك لك.',
    'not charged': 'لم يُخصم شيء من مصرفك.',
    'asking the bank': 'ما زلنا نسأل هل خُصم المبلغ من مصرفك.',
    'not taken': 'لم يُؤخذ أي مبلغ.',
  },
  toDo: {
    'in the order':
      'أدخل هذه البطاقة في أي جهاز من أجهزتنا فتكتمل العملية أو تعود نقودك إلى حسابك.',
    'card decides': 'أدخل هذه البطاقة في أي جهاز من أجهزتنا فتعرف فوراً.',
    'paid for energy': 'أدخل البطاقة في عدادك في البيت.',
    'in the account': 'لا يلزمك شيء، فهي متاحة لشرائك القادم.',
    'on its way to the account': 'لا يلزمك شيء، تصل فور اتصال الجهاز بالمركز. احتفظ بهذا الإيصال.',
    held: 'احتفظ بهذا الإيصال واتصل بنا، فنجد نقودك برقم المرجع.',
    'not charged':
      'يمكنك المحاولة مرة أخرى. إن ظهر المبلغ محجوزاً لدى مصرفك فإنه يعود وحده خلال أيام قليلة.',
    'asking the bank':
      'احتفظ بهذا الإيصال. لا خصم بلا طاقة: نلغي الدفع أو نحفظ لك المبلغ تحت هذا المرجع.',
    'not taken': 'يمكنك المحاولة مرة أخرى.',
  },
  claim: {
    title: 'هذه القسيمة بقيمة نقودك',
    told: 'استردها في أي جهاز من أجهزتنا: أدخل بطاقة كهرباء واختر «لدي قسيمة مطالبة» واكتب رقم المرجع. أو أحضرها إلى مكتبنا.',
    once: 'مرة واحدة فقط. وإن وصلت النقود إلى حسابك قبل ذلك أخبرك الجهاز.',
    redeemed: 'استُردت قيمة قسيمتك ولا تُستعمل مرة أخرى.',
    asked:
      'أُرسلت قسيمتك إلى المركز ولم يُجب بعد. يواصل الجهاز السؤال، وتُدفع مرة واحدة. احتفظ بالقسيمتين.',
    slip: 'القسيمة',
  },
  reference: 'رقم المرجع',
  words: 'بالكلمات',
  help: 'للمساعدة',
}

export const receiptTexts: Record<Language, ReceiptTexts> = { en, zh, ar }
