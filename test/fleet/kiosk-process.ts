// One thin kiosk as a process of its own, so that a test can kill it: `node test/fleet/kiosk-process.ts PORT KIOSK BD`.
import { KioskNumber } from '../../domain/identifiers.ts'
import { thinKiosk } from './many-kiosks.ts'

const [port, kiosk, bd] = process.argv.slice(2)
const { beat } = await thinKiosk(Number(port), KioskNumber.parse(kiosk), Number(bd))
await beat()
process.send?.('there')
