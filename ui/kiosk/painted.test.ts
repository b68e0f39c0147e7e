// A page answers a ping when it has drawn a frame and runs; one that hangs does not, whatever its connection does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tellPainted } from './painted.ts'

/** What stands on the page; null while nothing does. */
let view: string | null
/** Frames that the browser has not drawn yet, and what it does when it is free again. */
let frames: (() => void)[]
let later: (() => void)[]
let told: unknown[]
beforeEach(() => {
  view = '12'
  frames = []
  later = []
  told = []
  const parts = {
    requestAnimationFrame: (call: () => void) => frames.push(call),
    setTimeout: (call: () => void) => later.push(call),
    document: { querySelector: () => (view === null ? null : { dataset: { view } }) },
    fetch: (path: string, { body }: { body: string }) => {
      told.push([path, JSON.parse(body)])
      return Promise.resolve()
    },
  }
  for (const [name, part] of Object.entries(parts)) vi.stubGlobal(name, part)
})
afterEach(() => vi.unstubAllGlobals())

const draw = () => {
  for (const frame of frames.splice(0)) frame()
}
const goOn = () => {
  for (const call of later.splice(0)) call()
}

describe('a page that is asked whether it paints', () => {
  it('answers once the next frame is drawn and it is free, with the view that stands on it then', () => {
    tellPainted(3)
    expect(told).toEqual([])
    draw()
    view = '13'
    expect(told).toEqual([])
    goOn()
    expect(told).toEqual([['/painted', { ping: 3, view: 13 }]])
  })

  it('says nothing while no frame is drawn, while it is busy, or while no screen stands on it', () => {
    tellPainted(3)
    goOn()
    expect(told).toEqual([])
    view = null
    draw()
    goOn()
    expect(told).toEqual([])
  })
})
