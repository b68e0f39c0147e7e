// Where the receipt comes out: paper hangs from the mouth until it is torn off, and can be held up to be read.
import type { Bench } from './model.ts'
import type { Panel } from './panel.ts'

type Receipt = Panel['printer']['receipts'][number]

export const Receipts = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const hanging = panel.printer.receipts.filter((receipt) => !receipt.torn)
  const torn = panel.printer.receipts.filter((receipt) => receipt.torn)
  return (
    <section class="receipts" aria-label="Receipts">
      <div class="mouth">
        <span>receipt</span>
      </div>
      <div class="paper">
        {hanging.slice(0, 1).map((receipt) => (
          <figure key={receipt.id}>
            <Paper receipt={receipt} bench={bench} />
            <button
              type="button"
              class="tear"
              onClick={() => void bench.act({ type: 'receipt.tear-off', receipt: receipt.id })}
            >
              Tear off
            </button>
          </figure>
        ))}
      </div>
      {torn.length > 0 && (
        <div class="kept" aria-label="Receipts you kept">
          {torn.slice(0, 3).map((receipt) => (
            <Paper key={receipt.id} receipt={receipt} bench={bench} />
          ))}
          <p>{torn.length === 1 ? 'one receipt kept' : `${torn.length} receipts kept`}</p>
        </div>
      )}
    </section>
  )
}

const Paper = ({ receipt, bench }: { receipt: Receipt; bench: Bench }) => (
  <button
    type="button"
    class="sheet"
    aria-label="Read this receipt"
    onClick={() => bench.read(receipt.id)}
  >
    <img src={receipt.picture} alt="" width={receipt.widthPx} height={receipt.heightPx} />
  </button>
)

/** One receipt, large, with the others to leaf through. */
export const Reading = ({ bench, panel }: { bench: Bench; panel: Panel }) => {
  const { receipts } = panel.printer
  const at = receipts.findIndex((receipt) => receipt.id === bench.reading.value)
  const receipt = receipts[at]
  if (receipt === undefined) return null
  const older = receipts[at + 1]
  const newer = receipts[at - 1]
  return (
    <dialog
      class="reading"
      aria-label="A receipt"
      ref={(dialog) => {
        if (dialog !== null && !dialog.open) dialog.showModal()
      }}
      onClose={() => bench.read(null)}
      onClick={(event) => event.target === event.currentTarget && bench.read(null)}
    >
      <img
        src={receipt.picture}
        alt="The receipt as printed"
        width={receipt.widthPx}
        height={receipt.heightPx}
      />
      <p class="acts">
        <button
          type="button"
          disabled={older === undefined}
          onClick={() => older !== undefined && bench.read(older.id)}
        >
          Older
        </button>
        <button type="button" onClick={() => bench.read(null)}>
          Put it away
        </button>
        <button
          type="button"
          disabled={newer === undefined}
          onClick={() => newer !== undefined && bench.read(newer.id)}
        >
          Newer
        </button>
      </p>
    </dialog>
  )
}
