// Runs inside the page: looks at what is painted and says in sentences what is clipped, covered, too small or misplaced.
// Plain JavaScript, because only the page has a document.
window.layoutFlaws = ({ smallestTextPx, smallestTargetPx, smallestWayPx, smallestGapPx }) => {
  const flaws = []
  const [width, height] = [window.innerWidth, window.innerHeight]
  const root = document.querySelector('.kiosk')
  const shown = (element) => element.closest('[inert]') === null
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}${element.className ? `.${String(element.className).trim().replaceAll(/\s+/g, '.')}` : ''}`
  const inside = (rect, box, slack) =>
    rect.left >= box.left - slack &&
    rect.top >= box.top - slack &&
    rect.right <= box.right + slack &&
    rect.bottom <= box.bottom + slack
  const screen = { left: 0, top: 0, right: width, bottom: height }

  // --- text: what is written, line by line
  const lines = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (node.data.trim() === '' || !shown(element)) continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || style.display === 'none') continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const words = node.data.trim().slice(0, 40)
    const size = Number.parseFloat(style.fontSize)
    if (size < smallestTextPx) flaws.push(`"${words}" is ${size.toFixed(1)} px`)
    for (const rect of range.getClientRects()) {
      if (rect.width < 1) continue
      // The box of a line is taller than its letters: what counts is the middle of it.
      const trim = rect.height * 0.2
      const ink = {
        left: rect.left,
        right: rect.right,
        top: rect.top + trim,
        bottom: rect.bottom - trim,
      }
      lines.push({ element, words, ink })
      if (!inside(ink, screen, 1)) flaws.push(`"${words}" leaves the screen`)
      const box = element.closest(
        'button, .choice, .notice, .slip, td, .known, .answers, .head, .foot, .sheet',
      )
      for (
        let each = box;
        each !== null;
        each =
          each.parentElement?.closest(
            'button, .choice, .notice, .known, .answers, .head, .foot, .sheet',
          ) ?? null
      ) {
        if (!inside(ink, each.getBoundingClientRect(), 1)) {
          flaws.push(`"${words}" leaves ${nameOf(each)}`)
          break
        }
      }
    }
  }
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
      if (one.element === other.element) continue
      const across =
        Math.min(one.ink.right, other.ink.right) - Math.max(one.ink.left, other.ink.left)
      const down = Math.min(one.ink.bottom, other.ink.bottom) - Math.max(one.ink.top, other.ink.top)
      if (across > 2 && down > 2) flaws.push(`"${one.words}" lies on "${other.words}"`)
    }
  }

  // --- the suns keep clear of words
  for (const cue of document.querySelectorAll('.cue')) {
    if (!shown(cue)) continue
    const box = cue.querySelector('.sun').getBoundingClientRect()
    const edge = cue.dataset.edge
    const [x, y, r] =
      edge === 'bottom'
        ? [(box.left + box.right) / 2, box.bottom, box.height]
        : [edge === 'right' ? box.right : box.left, (box.top + box.bottom) / 2, box.width]
    for (const { words, ink } of lines) {
      const near = [
        Math.min(Math.max(x, ink.left), ink.right) - x,
        Math.min(Math.max(y, ink.top), ink.bottom) - y,
      ]
      if (Math.hypot(...near) < r * 1.22) flaws.push(`"${words}" lies on the cue`)
    }
  }
  for (const feed of document.querySelectorAll('.feed')) {
    const box = feed.getBoundingClientRect()
    for (const { words, ink } of lines) {
      if (
        ink.bottom > box.top &&
        ink.top < box.bottom &&
        ink.right > box.left &&
        ink.left < box.right
      ) {
        flaws.push(`"${words}" lies on the feed`)
      }
    }
  }

  // --- nothing scrolls, nothing is cut
  for (const element of [document.documentElement, root, ...root.querySelectorAll('*')]) {
    if (!shown(element) || element.closest('svg') !== null) continue
    const { overflowX, overflowY } = getComputedStyle(element)
    const cuts =
      element === document.documentElement || (overflowX !== 'visible' && element !== root)
    if (cuts && element.scrollWidth > element.clientWidth + 1 && overflowX !== 'clip') {
      if (element.textContent !== '') flaws.push(`${nameOf(element)} is cut or scrolls sideways`)
    }
    if (cuts && overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1) {
      if (element.textContent !== '') flaws.push(`${nameOf(element)} is cut or scrolls`)
    }
  }

  // --- what can be pressed
  const buttons = [...root.querySelectorAll('button')].filter(
    (button) => shown(button) && getComputedStyle(button).visibility !== 'hidden',
  )
  const boxes = buttons.map((button) => [button, button.getBoundingClientRect()])
  for (const [at, [button, box]] of boxes.entries()) {
    const least = button.classList.contains('way') ? smallestWayPx : smallestTargetPx
    if (box.height < least - 0.5 || box.width < smallestTargetPx - 0.5) {
      flaws.push(
        `${nameOf(button)} "${button.textContent}" is ${box.width.toFixed(0)} x ${box.height.toFixed(0)} px`,
      )
    }
    if (!inside(box, screen, 0)) flaws.push(`${nameOf(button)} leaves the screen`)
    for (const [other, otherBox] of boxes.slice(at + 1)) {
      const gap = Math.max(
        otherBox.left - box.right,
        box.left - otherBox.right,
        otherBox.top - box.bottom,
        box.top - otherBox.bottom,
      )
      if (gap < smallestGapPx - 0.5) {
        flaws.push(
          `${nameOf(button)} "${button.textContent}" is ${gap.toFixed(0)} px from "${other.textContent}"`,
        )
      }
    }
  }
  for (const group of ['.choices', '.suggestions', '.settings']) {
    const count = root.querySelectorAll(`${group} button`).length
    if (count > 6) flaws.push(`${count} choices in ${group}`)
  }

  // --- Cancel at the bottom start, the way on at the bottom end
  const mirrored = document.documentElement.dir === 'rtl'
  const fromStart = (box) => (mirrored ? width - box.right : box.left)
  const fromEnd = (box) => (mirrored ? box.left : width - box.right)
  const side = Number.parseFloat(getComputedStyle(document.querySelector('.foot')).paddingLeft)
  const low = height * 0.8
  for (const [button, box] of boxes) {
    if (button.matches('.way.cancel') && (Math.abs(fromStart(box) - side) > 2 || box.top < low)) {
      flaws.push('Cancel is not at the bottom start')
    }
    if (button.matches('.way.on') && (Math.abs(fromEnd(box) - side) > 2 || box.top < low)) {
      flaws.push('the way on is not at the bottom end')
    }
  }

  const questions = [...root.querySelectorAll('h1')].filter(shown)
  if (questions.length !== 1) flaws.push(`${questions.length} questions`)
  return [...new Set(flaws)]
}
