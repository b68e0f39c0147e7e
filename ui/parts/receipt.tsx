// A receipt that could not be printed, as a slip on the screen, with its square code to take along.
import type { ReceiptState } from '../kiosk/screen.ts'
import type { Texts } from '../texts/texts.ts'
import { Picture } from './pictures.tsx'
import { Qr } from './qr.tsx'

export const ReceiptOnScreen = ({
  receipt,
  texts,
}: {
  receipt: Extract<ReceiptState, { kind: 'on screen' }>
  texts: Texts
}) => (
  <section class="slip">
    <header>
      <h2>{texts.receipt.title}</h2>
      <p>{receipt.tries > 1 ? texts.receipt.toldAgain : texts.receipt.told}</p>
    </header>
    <div class="rows" data-long={receipt.lines.length > 14}>
      <dl>
        {receipt.lines.map(({ label, value, strong }, index) => (
          <div key={index} class={strong ? 'strong' : ''}>
            {/* A date is not broken at its hyphens. */}
            <dt>
              <bdi>{label.replaceAll('-', '\u2011')}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {receipt.qr !== null && <ReceiptCode text={receipt.qr} texts={texts} />}
    </div>
  </section>
)

/** Where the receipt is, in a line. */
export const PaperState = ({ receipt, texts }: { receipt: ReceiptState; texts: Texts }) =>
  receipt.kind === 'none' ? null : (
    <p class="paper-state">
      <Picture name="receipt" />
      {texts.take.receipt[receipt.kind]}
    </p>
  )

export const ReceiptCode = ({ text, texts }: { text: string; texts: Texts }) => (
  <figure class="code">
    <Qr text={text} label={texts.receipt.qr} />
    <figcaption>{texts.receipt.qrTold}</figcaption>
  </figure>
)
