// Everything a finger can do, from a keyboard: Enter goes on, Escape goes back, 1 to 9 press what shows that digit.
export const listenToKeys = (): void => {
  document.addEventListener('keydown', (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    // A focused button is pressed by Enter itself, and a field sends its form.
    const at = document.activeElement
    const typing = at instanceof HTMLInputElement
    if (event.key === 'Enter' && (typing || at instanceof HTMLButtonElement)) return
    const wanted =
      event.key === 'Enter'
        ? '.way.on'
        : event.key === 'Escape'
          ? '.way.back'
          : !typing && /^[1-9]$/.test(event.key)
            ? `[data-digit="${event.key}"]`
            : null
    if (wanted === null) return
    const button = document.querySelector<HTMLButtonElement>(wanted)
    if (button === null || button.disabled) return
    event.preventDefault()
    button.click()
  })
}
