// What is dragged across the bench: a card, a note or a bank card, by its name. Every drag has a press that does the same.

type Dragged = 'card' | 'note' | 'bank-card'

/** A thing that can be picked up. */
export const picksUp = (kind: Dragged, name: string) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => event.dataTransfer?.setData(`text/${kind}`, name),
})

/** A place that takes things of one kind. */
export const takes = (kind: Dragged, drop: (name: string) => void) => ({
  onDragOver: (event: DragEvent) => {
    if (event.dataTransfer?.types.includes(`text/${kind}`)) event.preventDefault()
  },
  onDrop: (event: DragEvent) => {
    const name = event.dataTransfer?.getData(`text/${kind}`)
    if (name === undefined || name === '') return
    event.preventDefault()
    drop(name)
  },
})
