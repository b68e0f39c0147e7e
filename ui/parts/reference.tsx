// The reference of a sale: its number, and four words that are easy to read out on the telephone.
import type { Reference as ReferenceOf } from '../kiosk/screen.ts'
import type { Texts } from '../texts/texts.ts'

export const Reference = ({ reference, texts }: { reference: ReferenceOf; texts: Texts }) => (
  <dl class="reference">
    <dt>{texts.reference.title}</dt>
    <dd>
      <bdi class="number" dir="ltr">
        {reference.number}
      </bdi>
      <bdi class="four" dir="ltr" lang="en">
        {reference.words.join(' · ')}
      </bdi>
    </dd>
  </dl>
)
