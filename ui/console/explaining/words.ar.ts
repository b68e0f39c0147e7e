// شرح عملية بيع بالعربية.
import { statesAr, toldAr } from './told.ar.ts'
import type { ExplainingWords } from './words.ts'

export const explainingAr: ExplainingWords = {
  title: 'شرح عملية بيع',
  about: 'عملية واحدة من كل السجلات: ماذا حدث، وأين المال الآن، وما الذي يمكن عمله.',
  search: 'ما يستطيع المتصل ذكره',
  searchHint:
    'رقم الطلب أو البطاقة أو المشترك أو العداد أو الورقة النقدية أو الدفعة أو المطالبة، أو الرقم على القسيمة، أو كلماتها الأربع. لا تهم المسافات ولا حالة الأحرف ولا حرف خاطئ.',
  find: 'اشرح',
  examples: 'الرقم المرجعي مطبوع على كل إيصال وقسيمة، ويظهر على آخر شاشة في الجهاز.',
  found: (count) => (count === 1 ? 'عملية واحدة مطابقة' : `عمليات مطابقة: ${count}`),
  readAs: {
    'order number': 'رقم طلب',
    card: 'بطاقة',
    customer: 'مشترك',
    meter: 'عداد',
    note: 'ورقة نقدية',
    payment: 'دفعة',
    claim: 'مطالبة',
    receipt: 'رقم إيصال',
    sale: 'عملية بيع',
    'slip number': 'رقم قسيمة',
    'slip text': 'رمز قسيمة',
    'four words': 'أربع كلمات',
  },
  several: 'اسأل المتصل عن الوقت أو المكان أو المبلغ.',
  more: 'هناك عمليات أقدم. الرقم المرجعي أو رقم الطلب يقود إلى العملية مباشرة.',
  nothing: (text) => `لا يُعرف هنا شيء باسم «${text}».`,
  nothingHint:
    'اطلب المرجع مرة أخرى كلمة كلمة. إذا كان الجهاز مقطوعاً عن المركز فقد لا تكون عمليات اليوم قد وصلت بعد.',
  noSale: 'هذا معروف هنا، ولا تتبعه أي عملية بيع.',
  suggestions: 'هل يقصد المتصل هذه الكلمات؟',
  columns: {
    when: 'متى',
    where: 'أين',
    amount: 'المبلغ المدخل',
    outcome: 'النتيجة',
    order: 'الطلب',
    reference: 'المرجع',
  },
  outcomes: {
    'nothing paid': 'لم يُدفع شيء',
    bought: 'على البطاقة',
    'in the meter': 'في العداد',
    'on its way': 'قيد التنفيذ',
    'card decides': 'البطاقة تحسم',
    'not on the card': 'ليست على البطاقة',
    returned: 'أُعيد',
    'taken back': 'أُلغي',
    contradiction: 'تناقض',
    'money kept': 'المال في الحساب',
    'money claimed': 'المال محفوظ بقسيمة',
    'not reported': 'لم يبلّغ الجهاز بعد',
  },
  another: 'شاهد تلك العملية',

  sale: 'عملية البيع',
  facts: {
    reference: 'رقم المرجع',
    words: 'بالكلمات',
    kiosk: 'الجهاز',
    card: 'البطاقة',
    customer: 'المشترك',
    meter: 'العداد',
    order: 'الطلب',
    energy: 'الطاقة',
    state: 'حالة الطلب',
    sale: 'معرّف العملية',
  },
  states: statesAr,
  others: 'البطاقة نفسها خلال يوم',
  othersAbout: 'قد يقصد المتصل إحداها، أو قد يكون دفع في اثنتين منها.',

  answer: 'الجواب',
  happened: 'ماذا حدث',
  happenedIn: {
    'nothing paid': 'لم يُشترَ شيء ولم يُدفع شيء.',
    bought: 'تم شراء الطاقة وهي على البطاقة.',
    'in the meter': 'تم شراء الطاقة وقد أخذها العداد.',
    'on its way': 'الشراء مدفوع وما زال يُكتب.',
    'card decides': 'الشراء مدفوع. لم يرَ أحد هل وصلت الطاقة إلى البطاقة؛ البطاقة نفسها ستبيّن ذلك.',
    'not on the card': 'الشراء مدفوع، وثبت أن الطاقة ليست على البطاقة.',
    returned: 'لم يصل شيء إلى البطاقة، وأُعيد مبلغ الشراء كله.',
    'taken back': 'سُحب الشراء من البطاقة وعاد المال.',
    contradiction: 'البطاقة ودفاترنا متناقضة. شخصان في المكتب يقرران.',
    'money kept': 'أُدخل مال ولم يُشترَ شيء، والمال في حساب.',
    'money claimed': 'أُدخل مال ولم يُشترَ شيء، والمال محفوظ لحامل القسيمة.',
    'not reported': 'أُدخل مال، ولم يسوِّه الجهاز مع المركز بعد.',
  },
  remarks: {
    'kiosk stopped': () => 'توقف الجهاز في المنتصف ثم عاد إلى العمل.',
    'card pulled': () => 'سُحبت البطاقة أثناء الكتابة عليها.',
    'receipt printed': ({ number }, say) =>
      number === null ? 'طُبع الإيصال.' : `طُبع الإيصال ${say.id(String(number))}.`,
    'receipt not printed': ({ why }, say) => `لم يُطبع الإيصال (${say.noted(why)}).`,
    'note unknown': ({ value }, say) =>
      `لا أحد يعلم هل سقطت أوراق بقيمة ${say.money(value)} في الصندوق أم عادت إلى المشترك.`,
    'note returned': ({ value }, say) => `أُعيدت أوراق بقيمة ${say.money(value)} في الحال.`,
    'payment undone': ({ amount }, say) =>
      `أُلغيت دفعة بنكية بقيمة ${say.money(amount)}: لم يُخصم شيء من المشترك.`,
    'payment unknown': ({ amount }, say) =>
      `لا أحد يعلم بعد هل خُصمت دفعة بنكية بقيمة ${say.money(amount)}.`,
    'meter refused': ({ otherMeter }, say) =>
      otherMeter === null
        ? 'رفض العداد البطاقة.'
        : `أُدخلت البطاقة في عداد آخر، ${say.id(otherMeter)}.`,
    'not in the meter yet': () => 'لم تُظهر أي بيانات راجعة أنها في العداد بعد.',
    'another sale near': ({ amount, at }, say) =>
      `هناك عملية أخرى بهذه البطاقة في ${say.when(at)} بمبلغ ${say.money(amount)}.`,
    'journal not here': () => 'لا يوجد هنا سطر منها في سجل الجهاز: الدفاتر وحدها تتكلم.',
    'delivered unpaid': ({ amount }, say) =>
      `الطاقة عند المشترك مع أن دفعتها ${say.money(amount)} أُلغيت. المشترك لا يدين بشيء.`,
  },
  whereNow: 'أين المال الآن',
  tendered: 'المدخل',
  tenders: { cash: 'أوراق نقدية', bank: 'عن طريق بنك', account: 'من حساب رأس المال' },
  carried: {
    unpaidDelivery: 'طاقة لا يدفع ثمنها أحد',
    paidAhead: 'دفعه المكتب قبل بلاغ الجهاز',
    earlierBooks: 'منقول من دفاتر سابقة',
  },
  heaps: {
    delivered: 'في الشراء، سُلّم',
    pending: 'في الطلب، ينتظر',
    account: 'في الحساب',
    open: 'مطالبة مفتوحة لقسيمتها',
    'paid in cash': 'مطالبة دُفعت نقداً',
    'notes handed back': 'أوراق أُعيدت',
    'payment undone': 'عاد إلى الدافع',
    'note nobody can place': 'غير معروف: ورقة لا يُعرف مكانها',
    'note in the box, not booked': 'في الصندوق، لم يُقيّد بعد',
    'payment nobody can say': 'غير معروف: خُصم أم لا',
    'payment kept, not booked': 'خُصم، ولم يُقيّد بعد',
  },
  parts: {
    energy: 'طاقة',
    VAT: 'ضريبة القيمة المضافة',
    'fixed charges': 'رسوم ثابتة',
    arrears: 'سداد دين قديم',
    fees: 'رسوم خدمة',
    levies: 'رسوم أخرى',
  },
  toCustomer: (customer) => `المشترك ${customer}`,
  noMoney: 'لم يُدخل أي مال.',
  addsUp: 'المجموع',
  ledgerAgrees: 'دفتر الأستاذ يقول الشيء نفسه حتى آخر وحدة.',
  ledgerDiffers: 'دفتر الأستاذ يقول غير ذلك. لا تَعِد بشيء وأخبر الحسابات.',
  differs: {
    cash: 'أوراق نقدية',
    bank: 'دفعات بنكية',
    order: 'الطلب',
    account: 'الحساب',
    claim: 'المطالبة',
    sum: 'المجموع',
  },
  rows: 'السجلات',
  ledger: 'دفتر الأستاذ',
  valueless: (count) =>
    count === 1 ? 'وورقة واحدة لا يعلم أحد قيمتها.' : `وأوراق لا يعلم أحد قيمتها، عددها ${count}.`,

  mayDo: 'ما الذي يمكن عمله الآن',
  options: {
    'nothing to do': () => 'لا شيء معلّق. كل شيء في مكانه.',
    'finish at next visit': ({ mayReturn }) =>
      mayReturn
        ? 'أدخل البطاقة في أي جهاز من أجهزتنا: يعرض إتمام هذا الشراء أو وضع المال في الحساب.'
        : 'أدخل البطاقة في أي جهاز من أجهزتنا: يعرض إتمام هذا الشراء.',
    'bring the card': () =>
      'أدخل البطاقة في أي جهاز من أجهزتنا. إن كانت الطاقة عليها طُبع الإيصال، وإلا أُتمّ الشراء أو أُعيد المال.',
    'put the card into the meter': () =>
      'اترك البطاقة في العداد 15 ثانية. بعد الزيارة التالية لجهاز نرى أن العداد أخذها.',
    'meter advice': () => 'العداد يذكر السبب:',
    'wait for the kiosk': () =>
      'يسوّي الجهاز ذلك بنفسه حالما يصل إلى المركز. إن بقي الحال ساعة فعلى أحد أن يتفقد الجهاز.',
    'wait for the bank': () =>
      'يواصل الجهاز سؤال جهاز الدفع. إن لم يستطع أحد هناك الجواب فملف البنك يحسم في يوم العمل التالي.',
    'count the cash box': () =>
      'عند عدّ صندوق النقد توجد الورقة أو لا توجد. حتى ذلك الحين يحتفظ المشترك بالقسيمة.',
    'redeem at a kiosk': ({ reference }, say) =>
      `في أي جهاز مع بطاقة كهرباء: «لدي قسيمة مطالبة» ثم ${say.id(reference)}. تُدفع مرة واحدة.`,
    'receipt again': () => 'عُرض محتوى القسيمة على الشاشة، ويمكن قراءته من هذه الصفحة.',
    'two persons decide': () => 'لا يُباع شيء ولا يُعاد قبل أن يقرر شخصان في المكتب.',
    'call accounts': () => 'السجلات ودفتر الأستاذ مختلفة. أحِل هذه العملية إلى الحسابات ولا تَعِد بشيء.',
    'propose return': ({ amount, to }, say) =>
      to === 'account'
        ? `يمكن أن يعود ${say.money(amount)} من الطلب إلى الحساب، ومنه يمكن شراء جديد.`
        : `يمكن أن ينتقل ${say.money(amount)} من الطلب إلى مطالبة بقسيمتها، فليس للمشترك حساب.`,
    'propose paying claim': ({ amount }, say) =>
      `يمكن دفع المطالبة ${say.money(amount)} نقداً في المكتب.`,
    'propose redeeming claim': ({ amount }, say) =>
      `يمكن تحويل المطالبة ${say.money(amount)} إلى حساب مشترك.`,
    'no return': () => 'لا يمكن إعادة المال الآن:',
  },
  noReturn: {
    'card decides': 'قد تكون الطاقة على البطاقة، ويجب أن تُرى في جهاز أولاً.',
    delivered: 'الشراء سُلّم أو أُعيد من قبل.',
    'payment open': 'لم يبلّغ الجهاز بعد هل الدفعة قائمة.',
    'other card': 'قد تحملها بطاقة أخرى لهذا المشترك إلى العداد.',
    'sale running': 'قد يكون المشترك ما زال واقفاً أمام الجهاز.',
  },
  meter: {
    credited: 'أخذ العداد البطاقة.',
    voltage: 'كان الجهد منخفضاً جداً. حاول عندما يعود طبيعياً.',
    service: 'العداد يحتاج إلى صيانة. افتح مهمة ميدانية.',
    'card turned': 'لم تُجب البطاقة. أدخلها والشريحة إلى الأمام وإلى الأعلى.',
    office: 'يجب أن تُرى البطاقة في المكتب.',
    'not for this meter': 'البطاقة ليست لهذا العداد.',
    'other meter': 'كان ذلك عداد شخص آخر. استخدم عدادك.',
    'newest card': 'هناك بطاقة أحدث لهذا العداد. استخدمها.',
    'opening card': 'العداد لم يُفتح بعد. أدخل بطاقة الفتح أولاً.',
    'kiosk first': 'أدخل البطاقة في جهاز أولاً ثم في العداد من جديد.',
    again: 'أدخل البطاقة مرة أخرى واتركها 15 ثانية.',
    'again for 15 s': 'الشراء محسوب. أدخل البطاقة مرة أخرى 15 ثانية.',
    full: 'في العداد أقصى ما يُسمح به. يبقى الشراء على البطاقة؛ أدخلها مرة أخرى بعد استهلاك المزيد.',
  },
  propose: {
    return: 'اقترح الإعادة',
    pay: 'اقترح الدفع نقداً',
    redeem: 'اقترح الإيداع في حساب',
  },
  proposing: {
    secondPerson: 'لا يتحرك شيء قبل موافقة شخص ثانٍ. إن تغيّر الحال حتى ذلك الحين رُفض.',
    effect: 'ما يفعله',
    from: 'من',
    to: 'إلى',
    inOrder: 'الطلب',
    inClaim: 'المطالبة المفتوحة',
    account: 'حساب المشترك',
    claim: 'مطالبة بقسيمتها',
    cash: 'نقداً في المكتب',
    reason: 'السبب',
    reasonHint: 'ما قاله المتصل وما رأيته هنا.',
    customer: 'رقم المشترك',
    customerHint: '12 رقماً: إلى حساب مَن يذهب.',
    submit: 'اقترح',
    done: 'اقتُرح، وينتظر شخصاً ثانياً.',
    toApprovals: 'شاهد الاقتراح',
  },

  readOut: 'للقراءة على المتصل',
  readOutAbout: 'كلمة بكلمة.',
  readings: {
    visit: {
      cash: ({ when, where, amount }) => `في ${when}، عند ${where}، أُدخل مبلغ ${amount}.`,
      bank: ({ when, where, amount }) => `في ${when}، عند ${where}، طُلب من بنكك مبلغ ${amount}.`,
      account: ({ when, where, amount }) =>
        `في ${when}، عند ${where}، أُخذ من حسابك مبلغ ${amount}.`,
    },
    visitNothing: ({ when, where }) => `في ${when}، عند ${where}، أُدخلت بطاقتك.`,
    heaps: {
      delivered: (amount) => `دُفع ${amount} لشرائك.`,
      pending: (amount) => `${amount} محفوظ في طلبك.`,
      account: (amount) => `${amount} في حسابك.`,
      open: (amount) => `${amount} محفوظ لك مقابل قسيمتك.`,
      'paid in cash': (amount) => `دُفع ${amount} في المكتب.`,
      'notes handed back': (amount) => `أُعيد إليك ${amount} عند الجهاز.`,
      'payment undone': (amount) => `لم يخصم البنك ${amount}، أو أعاده.`,
      'note nobody can place': (amount) =>
        `لم تستطع الآلة أن تحدد هل لديها ${amount}. سنعرف عند عدّ صندوقها.`,
      'note in the box, not booked': (amount) => `${amount} في الآلة ويجري قيده.`,
      'payment nobody can say': (amount) => `لم يخبرنا البنك بعد هل خُصم منك ${amount}.`,
      'payment kept, not booked': (amount) => `خُصم ${amount} ويجري قيده.`,
    },
    reference: ({ number, words }) => `رقمك المرجعي ${number}، وبالكلمات: ${words}.`,
    noCardNumber: 'نحن لا نعرف رقم بطاقتك البنكية أبداً. رجاءً لا تخبر به أحداً.',
    differs: 'لا أستطيع أن أقول لك الآن أين المال. قسم الحسابات سيبحث الأمر ويتصل بك.',
  },

  timeline: 'كل ما حدث',
  timelineAbout: 'كل حدث مرة واحدة، مع كل من يذكره.',
  journals: {
    whole: 'سجل الجهاز هنا حتى نهاية الزيارة.',
    open: 'نهاية الزيارة لم تصل بعد: الجهاز ما زال يخدم، أو لم يرسلها.',
    'not here': 'لا يوجد هنا سطر من هذه العملية في سجل الجهاز.',
  },
  now: 'الآن',
  sure: { proven: 'مثبت', booked: 'مقيّد', told: 'بحسب الجهاز', 'not known': 'غير معروف' },
  sources: {
    'kiosk journal': 'سجل الجهاز، سطر',
    'order states': 'الطلب',
    ledger: 'دفتر الأستاذ، قيد',
    notes: 'الدفاتر، ورقة',
    payments: 'الدفاتر، دفعة',
    claims: 'مطالبة',
    closings: 'تسوية العملية',
    scripts: 'أوامر البطاقة',
    card: 'إدخال البطاقة',
    meter: 'بيانات العداد الراجعة',
    'bank file': 'ملف البنك',
    'front file': 'ملف الخادم الأمامي',
    alarms: 'إنذار',
  },
  noted: (text) => `مسجّل بعبارة «${text}»`,
  told: toldAr,
}
