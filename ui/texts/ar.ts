// العربية: words as they are said, plural forms by `Intl.PluralRules`, numbers isolated by the format.
import { never } from '../../domain/never.ts'
import type { Format } from '../parts/format.ts'
import { counted, days, ltr, notes } from './ar-numbers.ts'
import { claimTexts } from './ar-claims.ts'
import { paymentTexts } from './ar-payments.ts'
import { interruptedTexts, mishapTexts, noteState, refused } from './ar-troubles.ts'
import type { Texts } from './texts.ts'

export const textsOf = (format: Format, now: () => number): Texts => {
  const { money, energy } = format
  const onDay = (at: number): string => {
    const day = format.day(at, now())
    switch (day.kind) {
      case 'today':
        return 'اليوم'
      case 'yesterday':
        return 'أمس'
      case 'weekday':
        return `يوم ${day.name}`
      case 'date':
        return `يوم ${day.date}`
      default:
        return never(day)
    }
  }

  return {
    wire: {
      card: 'البطاقة',
      amount: 'المبلغ',
      pay: 'الدفع',
      confirm: 'التأكيد',
      take: 'الاستلام',
    },
    progress: 'خطوات الشراء',
    contrast: 'تباين عالٍ',
    help: 'المساعدة',
    cancel: 'إلغاء',
    back: 'رجوع',
    done: 'تم',

    warning: {
      title: 'هل ما زلت هنا؟',
      otherwise: (inserted, goesTo) =>
        inserted === null
          ? 'وإلا تنتهي الزيارة وتعود إليك بطاقتك.'
          : goesTo === 'payer'
            ? `وإلا تنتهي الزيارة ولا يُخصم ${money(inserted)}.`
            : goesTo === 'account'
              ? `وإلا تنتهي الزيارة ويذهب ${money(inserted)} إلى حسابك.`
              : `وإلا تنتهي الزيارة وتحصل على قسيمة موقعة بمبلغ ${money(inserted)}.`,
      seconds: (left) =>
        ({
          zero: 'ثانية',
          one: 'ثانية',
          two: 'ثانيتان',
          few: 'ثوانٍ',
          many: 'ثانية',
          other: 'ثانية',
        })[format.plural(left)],
      moreTime: 'أحتاج وقتاً أطول',
    },

    attract: {
      payWith: 'ادفع هنا بواسطة',
      notes: 'الأوراق المقبولة',
      receipts: {
        'on paper': 'إيصال ورقي',
        'on screen': 'الإيصال على الشاشة فقط: لا ورق الآن',
      },
    },
    tenders: {
      cash: 'أوراق نقدية',
      'bank card': 'بطاقة بنكية',
      'bank account': 'حسابي البنكي',
      account: 'حسابي',
    },
    tenderHint: {
      cash: 'أدخلها ورقة بعد ورقة',
      'bank card': 'استخدم جهاز البطاقات',
      'bank account': 'المرتبط بهذه البطاقة',
      account: 'رصيدك لدينا',
    },
    tenderTrouble: {
      'not offered here': 'غير متاح هنا',
      'device fault': 'لا يعمل الآن',
      'cash box full': 'صندوق النقد ممتلئ',
      'not enough in the account': 'الرصيد لا يكفي',
      'no account': 'ليس لديك حساب',
      'checking an earlier payment': 'نتحقق من دفعة سابقة',
      'bank away': 'تعذر الوصول إلى البنك',
      'refused too often': 'رُفض مرات كثيرة: اختر طريقة أخرى',
    },

    outOfService: {
      starting: { title: 'نفتح بعد قليل', todo: 'الجهاز يبدأ العمل. انتظر دقيقة من فضلك.' },
      'centre away': {
        title: 'مغلق مؤقتاً',
        todo: 'لا يصل الجهاز إلى مركز بيع الكهرباء. سيفتح من جديد تلقائياً.',
      },
      'card reader': {
        title: 'مغلق: قارئ البطاقات لا يعمل',
        todo: 'استخدم جهازاً آخر من فضلك. وصلنا البلاغ ونحن في الطريق.',
      },
      journal: {
        title: 'مغلق للفحص',
        todo: 'يجب أن يفحص موظف هذا الجهاز أولاً. استخدم جهازاً آخر من فضلك.',
      },
      'no tender works': {
        title: 'لا يمكن الشراء الآن',
        todo: 'لا تعمل أي وسيلة دفع الآن. يمكنك الاستعلام عن حسابك هنا، أو الشراء من جهاز آخر.',
      },
      'by the operator': {
        title: 'مغلق للصيانة',
        todo: 'استخدم جهازاً آخر من فضلك، أو عد لاحقاً.',
      },
    },
    wait: {
      'reading card': { title: 'نقرأ بطاقتك', todo: 'اتركها في مكانها من فضلك.' },
      'asking the centre': { title: 'نبحث عن حسابك', todo: 'اترك البطاقة في مكانها من فضلك.' },
      price: { title: 'نحسب السعر', todo: 'لم يُسجَّل شيء بعد.' },
      order: { title: 'نسجل طلبك', todo: 'اترك البطاقة في مكانها من فضلك.' },
      'note on its way': { title: 'نعدّ أوراقك', todo: 'الورقة الأخيرة ما زالت في الطريق.' },
      'taking back': { title: 'نلغي الشراء', todo: 'اترك البطاقة في مكانها.' },
      claim: { title: 'نبحث عن نقودك', todo: 'اترك البطاقة في مكانها.' },
      'finishing payment': { title: 'نكمل الدفع', todo: 'نبلغ بنكك.' },
      'undoing payment': { title: 'نلغي الدفع', todo: 'نبلغ بنكك ألا يخصم شيئاً.' },
      closing: { title: 'ننهي زيارتك', todo: 'نسجل نقودك.' },
      printing: { title: 'نطبع إيصالك', todo: 'لحظة من فضلك.' },
    },

    refused: (refusal) => refused(refusal, format, onDay),
    refusedDeposit: {
      offer: 'ما زال بإمكانك إيداع نقود في حسابك.',
      button: 'إيداع في حسابي',
    },
    takeCardBack: 'آخذ بطاقتي',
    service: { open: 'الصيانة', confirm: 'تأكيد' },

    account: {
      greeting: (partOfDay, name) =>
        `${{ morning: 'صباح الخير', afternoon: 'نهارك سعيد', evening: 'مساء الخير' }[partOfDay]}، \u2068${name}\u2069`,
      reading: (at) => `${onDay(at)} كان في عدادك`,
      noReading: 'لم يرسل عدادك قراءة مع هذه البطاقة بعد.',
      daysLeft: (left) =>
        left === 0
          ? 'ربما نفدت الآن بحسب استهلاكك المعتاد.'
          : `تكفي نحو ${counted(format, left, days)} بحسب استهلاكك المعتاد.`,
      daysUnknown: 'عند آخر قراءة.',
      meter: 'العداد',
      card: 'البطاقة',
      address: 'العنوان',
      tariff: 'التعرفة',
      balance: 'في حسابك',
      arrears: 'المستحق عليك',
      thisMonth: 'استهلاك هذا الشهر',
      lastMonth: 'الشهر الماضي',
      notice: (notice) => {
        switch (notice.kind) {
          case 'arrears':
            return `عليك ${money(notice.balance)}. يُسدَّد منها ${ltr(`${notice.sharePercent}%`)} من كل دفعة.`
          case 'low energy':
            return `بقي ${energy(notice.remaining)} فقط: اشترِ قبل أن تنقطع الكهرباء.`
          case 'headroom':
            return `يتسع عدادك لمقدار ${energy(notice.mostEnergy)} أخرى.`
          case 'used in other meter':
            return `أُدخلت هذه البطاقة في العداد ${ltr(notice.meter)} وهو ليس عدادك.`
          default:
            return never(notice)
        }
      },
      cannotBuy: 'لا يمكن الشراء الآن.',
      buy: 'شراء كهرباء',
      enquire: 'عرض مشترياتي',
      redeem: 'لدي قسيمة مطالبة',
    },
    claim: claimTexts(format),
    enquiry: {
      title: 'آخر مشترياتك',
      none: 'لا مشتريات بعد.',
      paid: 'المدفوع',
      energy: 'الكهرباء',
      day: 'اليوم',
      state: {
        'on card': 'على البطاقة',
        'in meter': 'في العداد',
        open: 'لم يكتمل',
        returned: 'أُعيد',
      },
    },

    amount: {
      question: { money: 'كم تريد أن تدفع؟', energy: 'كم تريد من الكهرباء؟' },
      by: { money: 'بالمبلغ', energy: 'بالكمية' },
      chooseOrType: 'اختر أو اكتب الرقم',
      limits: (least, most) => `من ${money(least)} إلى ${money(most)}`,
      problem: (problem) => {
        switch (problem.kind) {
          case 'too little':
            return `أقل مبلغ ${money(problem.least)}.`
          case 'too much':
            return `أكبر مبلغ ${money(problem.most)}.`
          case 'no energy':
            return 'لا يكفي هذا لشراء كهرباء بعد الرسوم. اختر أكثر من فضلك.'
          case 'more than the meter may hold':
            return `يتسع عدادك لمقدار ${energy(problem.most)} فقط.`
          default:
            return never(problem)
        }
      },
      next: 'عرض السعر',
      erase: 'مسح',
      digits: 'الأرقام',
    },
    payment: paymentTexts,
    tender: { question: 'كيف تريد أن تدفع؟', balance: 'في حسابك' },

    pay: 'تدفع',
    get: 'تحصل على',

    notes: {
      title: 'أدخل الأوراق، ورقة بعد ورقة',
      depositTitle: 'أدخل الأوراق لإيداعها في حسابك',
      inserted: 'أدخلتَ',
      stillToPay: (amount) => `بقي ${money(amount)}`,
      enough: 'هذا يكفي.',
      soFar: 'تشتري به',
      takes: 'الأوراق المقبولة',
      change: {
        account: 'لا نعيد الباقي نقداً. ما يزيد يذهب إلى حسابك.',
        claim: 'لا نعيد الباقي نقداً. تحصل على قسيمة موقعة بما يزيد.',
      },
      depositNote: 'يذهب المبلغ كله إلى حسابك.',
      state: noteState(format),
      finish: 'أنهيت الدفع',
      finishDeposit: (amount) => `إيداع ${money(amount)}`,
      sum: (count) => counted(format, count, notes),
    },
    more: {
      question: 'أدخلت أكثر مما اخترت.',
      told: (inserted, chosen) => `أدخلت ${money(inserted)} واخترت ${money(chosen)}.`,
      energy: (amount) => `كهرباء بالمبلغ كله: ${energy(amount)}`,
      energyHint: 'كهرباء أكثر على البطاقة',
      rest: (rest, goesTo) =>
        goesTo === 'account' ? `${money(rest)} إلى حسابي` : `احفظوا لي ${money(rest)}`,
      restHint: (amount) => `و${energy(amount)} على البطاقة`,
    },
    confirm: {
      question: 'هل هذا صحيح؟',
      pay: {
        cash: 'تدفع بأوراق نقدية',
        'bank card': 'تدفع ببطاقتك البنكية',
        'bank account': 'تدفع من حسابك البنكي',
        account: 'تدفع من حسابك',
      },
      lines: {
        fee: 'رسم الجهاز',
        fixed: 'الرسم الشهري',
        arrears: 'سداد المستحق عليك',
        arrearsLeft: (after) => `يبقى عليك ${money(after)}`,
        block: (amount, price) => `${energy(amount)} بسعر ${format.price(price)}`,
        free: 'كهرباء مجانية',
        vat: (rate) => `الضريبة ${format.rate(rate)}`,
        levies: 'رسوم أخرى',
        charges: 'رسوم ومستحقات',
        forEnergy: 'للكهرباء مع الضريبة',
        sum: 'المجموع',
        rest: { account: 'يذهب إلى حسابك', claim: 'محفوظ لك' },
      },
      write: (amount) => `كتابة ${energy(amount)} على البطاقة`,
    },
    confirmDeposit: {
      question: 'هل نودع هذا في حسابك؟',
      told: (name) => `باسم \u2068${name}\u2069. لا يُكتب شيء على البطاقة.`,
      confirm: (amount) => `إيداع ${money(amount)}`,
      more: 'إدخال المزيد',
    },
    confirmCancel: {
      question: 'هل تلغي الشراء؟',
      told: (inserted, goesTo) =>
        goesTo === 'payer'
          ? `وافق بنكك على ${money(inserted)}. يُلغى ذلك ولا يُخصم شيء.`
          : goesTo === 'account'
            ? `أدخلت ${money(inserted)}. لا يمكن إعادة الأوراق: يذهب المبلغ إلى حسابك.`
            : `أدخلت ${money(inserted)}. لا يمكن إعادة الأوراق: تحصل على قسيمة موقعة بالمبلغ.`,
      keepGoing: 'لا، أواصل الشراء',
      cancel: { account: 'نعم، إلى حسابي', claim: 'نعم، أعطني قسيمة', payer: 'نعم، ألغه' },
    },
    writing: {
      title: 'اترك البطاقة في مكانها من فضلك',
      told: 'تُكتب على بطاقتك',
      phase: {
        preparing: 'نستعد للكتابة',
        writing: 'نكتب الكهرباء',
        proving: 'نتحقق مما كُتب',
      },
    },
    putBack: {
      title: 'أعد البطاقة نفسها إلى مكانها',
      told: (amount) => `ربما لم تصل إليها ${energy(amount)} بعد.`,
      safe: 'نقودك في أمان: الطلب قائم حتى يصل إلى بطاقتك.',
      another: 'هذه بطاقة أخرى. أدخل البطاقة التي كانت هنا.',
      later: 'في وقت لاحق',
    },
    openOrder: {
      title: 'شراؤك السابق ليس على البطاقة بعد',
      paid: 'دفعتَ',
      told: (amount, paid) => `دفعت ${money(paid)} مقابل ${energy(amount)}. لم يضع شيء.`,
      finish: (amount) => `كتابة ${energy(amount)} الآن`,
      giveBack: 'إعادة النقود إلى حسابي',
      noReturn: 'اكتبها الآن، أو في أي جهاز آخر بهذه البطاقة.',
    },
    take: {
      title: 'خذ بطاقتك',
      urgent: 'بطاقتك ما زالت هنا!',
      receipt: {
        printing: 'نطبع إيصالك.',
        'on paper': 'خذ إيصالك أيضاً.',
        'on screen': 'يظهر الإيصال هنا بعد ذلك.',
      },
    },
    undo: {
      button: 'ألغِ هذا الشراء',
      question: 'هل تلغي هذا الشراء؟',
      told: (amount, paid) =>
        `تُسحب ${energy(amount)} من البطاقة، ويذهب ${money(paid)} إلى حسابك. لا يُدفع شيء نقداً.`,
      keep: 'لا، أبقه',
      confirm: 'نعم، ألغه',
      failed: 'تعذّر الإلغاء. شراؤك على البطاقة.',
    },
    healed: {
      settled: 'وصل شراؤك السابق إلى بطاقتك',
      undone: 'أُلغي شراؤك السابق',
      next: 'متابعة',
    },
    outcome: {
      bought: 'على بطاقتك',
      boughtMeter: 'أدخل البطاقة في عدادك في البيت.',
      rest: (amount, goesTo) =>
        goesTo === 'account'
          ? `ذهب ${money(amount)} إلى حسابك.`
          : `${money(amount)} محفوظ لك: انظر الإيصال.`,
      deposited: 'في حسابك',
      pending: 'في الطريق إلى حسابك',
      kept: 'محفوظ لك',
      keptTold: 'استرد قيمة القسيمة في أي جهاز من أجهزتنا أو في المكتب.',
      claimAsked: 'احتفظ بالقسيمة. يواصل الجهاز السؤال ثم تصل النقود إلى حسابك.',
      returned: 'أُعيد إلى حسابك',
      heldInOrder: 'محفوظ في طلبك',
      heldInOrderTold: 'أدخل هذه البطاقة في أي جهاز لإكماله.',
      balance: (amount) => `لديك فيه الآن ${money(amount)}.`,
      settled: 'على بطاقتك',
      settledTold: 'اكتمل شراؤك السابق.',
      undoneTold: 'أُلغي الشراء وسُحبت الطاقة من البطاقة.',
      notCharged: 'لم يُخصم',
      notChargedTold: 'وافق بنكك ثم أُلغي الدفع.',
      nothingOwed: (amount) => `لم يُخصم ${money(amount)}، ولا شيء عليك.`,
      askingBank: 'ما زلنا نسأل بنكك',
      askingBankTold: 'لم يُسلَّم شيء. إن خُصم المبلغ نلغيه أو نحفظه لك.',
      nothing: 'لم يُشترَ شيء',
      nothingTold: 'لم تؤخذ أي نقود.',
      refused: 'لم يُبَع شيء',
      refusedTold: 'لم تؤخذ أي نقود.',
      order: 'الطلب',
    },
    thanks: { title: 'شكراً لك', goodbye: 'مع السلامة' },
    receipt: {
      title: 'إيصالك',
      told: 'تعذرت طباعته. التقط صورة له.',
      toldAgain: 'لم يُطبع هذه المرة أيضاً. التقط صورة له.',
      qr: 'الإيصال كرمز مربع',
      qrTold: 'وجّه هاتفك إلى هنا لتحتفظ به.',
      again: 'أعد الطباعة',
      copy: 'اطبع نسخة',
    },
    mishap: mishapTexts(format),
    interrupted: interruptedTexts,
    reference: { title: 'رقم المرجع' },
  }
}
