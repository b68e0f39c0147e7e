// Tells the kiosk that this page still paints and runs, and what stands on it: a page that hangs stays connected.

/** Answers once a frame was drawn after the ping, and the page is free again. */
export const tellPainted = (ping: number): void => {
  requestAnimationFrame(() => setTimeout(() => answer(ping)))
}

const answer = (ping: number): void => {
  // What is drawn, not what the page believes to show.
  const view = document.querySelector<HTMLElement>('[data-view]')?.dataset['view']
  if (view === undefined) return
  const body = JSON.stringify({ ping, view: Number(view) })
  // An answer that gets lost is followed by the next.
  fetch('/painted', { method: 'POST', body }).catch(() => {})
}
