// The screens of the maintenance mode, as they are fetched together with how they look.
import { Head } from './head.tsx'
import css from './service.css?inline'
import { Service } from './service.tsx'
import { Whole } from './whole.tsx'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)
document.adoptedStyleSheets.push(sheet)

export const drawn = { Head, Service, Whole }
