// A whole kiosk for one test: tests that have their own can wait side by side.
import { kioskInABox, type KioskInABox } from './kiosk-in-a-box.ts'

export const inABox = async (test: (box: KioskInABox) => Promise<void>): Promise<void> => {
  const box = await kioskInABox()
  try {
    await test(box)
  } finally {
    await box.close()
  }
}
