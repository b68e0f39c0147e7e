// The page that stands on the screen while the runtime is away: which kiosk this is, whom to call, where the money is. It looks
// for the runtime by itself and gives way to it. One file: nothing it needs can be missing.
import type { Facts } from './facts.ts'
import { screenHost, usualScreenPort } from './places.ts'

type Words = { language: string; direction: 'ltr' | 'rtl'; lines: [string, string, string, string] }

/** A heading; what is going on; where the money is; what to do. */
const words: readonly Words[] = [
  {
    language: 'en',
    direction: 'ltr',
    lines: [
      'This kiosk is out of service',
      'It is trying to start again.',
      'Money that you have paid is on record. Keep your card and your receipt.',
      'Please use another kiosk, or call:',
    ],
  },
  {
    language: 'zh',
    direction: 'ltr',
    lines: [
      '本机暂停服务',
      '正在尝试重新启动。',
      '您已支付的款项均有记录。请保管好您的卡和收据。',
      '请使用其他售电机，或致电：',
    ],
  },
  {
    language: 'ar',
    direction: 'rtl',
    lines: [
      'هذا الجهاز خارج الخدمة',
      'يحاول الجهاز أن يعمل من جديد.',
      'المبالغ التي دفعتها مسجَّلة. احتفظ ببطاقتك وإيصالك.',
      'استخدم جهازًا آخر من فضلك، أو اتصل بالرقم:',
    ],
  },
]

const labels = { en: 'Kiosk', zh: '机号', ar: 'رقم الجهاز' } as const

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Colours, type and the broken wire of the visual direction: ink on paper, nothing that moves. */
const style = `
  html { background: #f7f5ef; color: #12211d; font-family: 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif }
  body { margin: 0; min-height: 100vh; box-sizing: border-box; padding: 5vmin; display: flex; flex-direction: column; gap: 4vmin }
  svg { width: 100%; height: 4vmin }
  section { border-block-start: 2px solid #3d4b47; padding-block-start: 2vmin }
  h1 { font-size: 5vmin; margin: 0 0 1vmin } p { font-size: 3.2vmin; line-height: 1.4; margin: 0 }
  footer { margin-block-start: auto; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2vmin; font-size: 4.5vmin; font-weight: 700 }
  bdi { font-variant-numeric: tabular-nums; unicode-bidi: isolate }
`

/** A wire that broke between its nodes. */
const wire = `<svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true"><g stroke="#12211d" stroke-width="4" fill="none"><path d="M0 20H440l24-14M536 34l24-14H1000"/></g></svg>`

/**
 * The answer cannot be read from a file's page, and need not be: that there is one is enough. A press on the page makes no
 * difference, and a page that has failed to load falls back here, as the screen unit starts anew.
 */
const script = (port: number): string => `
  const page = 'http://${screenHost}:${port}/'
  const look = async () => {
    try {
      await fetch(page + 'health', { mode: 'no-cors', cache: 'no-store', signal: AbortSignal.timeout(4000) })
      location.replace(page)
    } catch {
      setTimeout(look, 2000)
    }
  }
  look()
  addEventListener('contextmenu', (event) => event.preventDefault())
`

export const rescuePage = ({ kiosk }: Facts): string => {
  const phone = escaped(kiosk?.kiosk.phone ?? '')
  const number = escaped(kiosk?.kiosk.number ?? '—')
  const sections = words.map(
    ({ language, direction, lines: [heading, state, money, act] }) => `
<section lang="${language}" dir="${direction}"><h1>${heading}</h1>
<p>${state}</p><p>${money}</p>${phone === '' ? '' : `<p>${act} <bdi dir="ltr"><b>${phone}</b></bdi></p>`}</section>`,
  )
  const label = Object.values(labels).join(' · ')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>WattPoint</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body>${wire}${sections.join('')}
<footer><span>${label} <bdi dir="ltr">${number}</bdi></span>${phone === '' ? '' : `<bdi dir="ltr">${phone}</bdi>`}</footer>
<script>${script(kiosk?.screen.port ?? usualScreenPort)}</script></body></html>
`
}

/** For a console, which has Latin letters only. */
export const rescueWords = ({ kiosk }: Facts): string => {
  const [english] = words
  const lines = english?.lines ?? []
  return `\n\n\n   ${lines.slice(0, 3).join('\n   ')}\n\n   ${labels.en} ${kiosk?.kiosk.number ?? '-'}   ${kiosk?.kiosk.phone ?? ''}\n\n\n`
}
