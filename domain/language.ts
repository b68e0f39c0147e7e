// The languages every screen and receipt speaks.

export const languages = ['en', 'zh', 'ar'] as const
export type Language = (typeof languages)[number]
