// The frame in Arabic.
import type { FrameWords } from './frame-words.ts'

export const frameAr: FrameWords = {
  console: 'لوحة المركز',
  skip: 'انتقل إلى محتوى الصفحة',
  areas: 'الأقسام',
  menu: 'القائمة',
  closeMenu: 'إغلاق القائمة',
  language: 'اللغة',
  appearance: 'المظهر',
  appearances: { system: 'كما في الجهاز', day: 'فاتح', night: 'داكن', contrast: 'تباين عالٍ' },
  you: 'أنت',
  ownPassword: 'كلمة مرورك',
  signOut: 'تسجيل الخروج',
  awaiting: (count) =>
    count === 1 ? 'طلب واحد ينتظرك' : count === 2 ? 'طلبان ينتظرانك' : `${count} من الطلبات تنتظرك`,
  opening: 'لحظة من فضلك',
  silent: (since) =>
    `لم يُجب المركز منذ ${since}. ما تراه أقدم من ذلك، وستتابع الصفحة من تلقاء نفسها.`,
  sessionEnds: (time) => `تنتهي جلستك عند ${time}. أنهِ ما تكتبه ثم سجّل الدخول من جديد.`,
  notFound: {
    title: 'لا توجد صفحة كهذه',
    told: 'قد يكون العنوان خاطئًا، أو لم يعد ما يشير إليه موجودًا.',
    home: 'إلى الصفحة الأولى',
  },
  notAllowed: {
    title: 'هذه الصفحة ليست لدورك',
    told: 'اطلب من المسؤول إن كان عملك يحتاج إليها.',
  },
  notLoaded: {
    title: 'تعذّر جلب الصفحة',
    told: 'قد يكون الخط مقطوعًا، أو جُدّدت اللوحة منذ أن فتحتها.',
    again: 'حمّلها من جديد',
  },
  signIn: {
    title: 'تسجيل الدخول',
    over: 'انتهت جلستك. سجّل الدخول لتعود إلى حيث كنت.',
    name: 'الاسم',
    password: 'كلمة المرور',
    showPassword: 'أظهر كلمة المرور',
    submit: 'دخول',
    promise: 'كل ما تراه وتفعله هنا من شؤون العملاء والمال يُدوَّن.',
  },
}
