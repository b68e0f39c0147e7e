// Waits until nobody is being served, but no longer than a command lives (C6).
import { commandLifeMs } from '../../../domain/fleet/commands.ts'
import type { Clock } from '../../clock.ts'
import type { KioskHands } from './hands.ts'

/** `exp`: the last moment, ms since 1970. */
export const idleBefore = async (
  exp: number,
  {
    kiosk,
    clock,
    stopping,
  }: {
    kiosk: Pick<KioskHands, 'isIdle' | 'whenIdle'>
    clock: Pick<Clock, 'now' | 'after'>
    stopping: AbortController
  },
): Promise<'idle' | 'expired' | 'stopped'> => {
  const late = new AbortController()
  const leftMs = Math.min(Math.max(0, exp - clock.now()), commandLifeMs.longest)
  const takeBack = clock.after(leftMs + 1, () => late.abort())
  const waiting = AbortSignal.any([late.signal, stopping.signal])
  try {
    for (;;) {
      if (stopping.signal.aborted) return 'stopped'
      if (late.signal.aborted || clock.now() > exp) return 'expired'
      if (kiosk.isIdle()) return 'idle'
      await kiosk.whenIdle(waiting)
    }
  } finally {
    takeBack()
  }
}
