// The question of a screen. It takes the focus when the screen appears, so that reading and Tab begin there.
import type { ComponentChildren } from 'preact'

export const Title = ({ children }: { children: ComponentChildren }) => (
  <h1 ref={takeFocus} tabIndex={-1}>
    {children}
  </h1>
)

const takeFocus = (heading: HTMLElement | null): void => heading?.focus({ preventScroll: true })
