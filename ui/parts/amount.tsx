// A number with its unit: the number large, what comes after the point and the unit smaller, in one order everywhere.
import type { Parts } from './format.ts'

export type AmountSize = 'huge' | 'large' | 'middle' | 'plain'

/** Digits stay left to right in every language; a word as unit stands where the language puts it. */
export const Amount = ({ parts, size }: { parts: Parts; size: AmountSize }) => {
  const [whole = '', hundredths] = parts.number.split('.')
  return (
    <span class={`amount ${size} ${lengthOf(parts)}`}>
      <bdi class="figure" dir="ltr">
        {parts.before !== '' && <span class="sign">{parts.before}</span>}
        {whole}
        {hundredths !== undefined && <span class="hundredths">.{hundredths}</span>}
      </bdi>
      {parts.unit !== '' && <span class="unit"> {parts.unit}</span>}
    </span>
  )
}

/** Short numbers are drawn larger where there is room, long ones smaller, so that each fills its line. */
const lengthOf = ({ number }: Parts): string =>
  number.length > 8 ? 'long' : number.length > 6 ? '' : 'short'

/** What you pay, then what you get: always in this order, joined by a piece of wire. */
export const PayAndGet = ({
  pay,
  get,
}: {
  pay: { label: string; parts: Parts }
  get: { label: string; parts: Parts } | null
}) => (
  <dl class="pay-and-get">
    <div class="pay">
      <dt>
        {get !== null && <i class="node" />}
        <span>{pay.label}</span>
      </dt>
      <dd>
        <Amount parts={pay.parts} size={get === null ? 'huge' : 'large'} />
      </dd>
    </div>
    {get !== null && (
      <div class="get">
        <dt>
          <i class="run" />
          <i class="node lit" />
          <span>{get.label}</span>
        </dt>
        <dd>
          <Amount parts={get.parts} size="huge" />
        </dd>
      </div>
    )}
  </dl>
)
