// A new version of a tariff is typed over the one that it follows; the centre checks it as it checks a file.
import { useState } from 'preact/hooks'
import type { FieldProblem, TariffRules } from '../../../domain/console/tariffs.ts'
import { perform, useAnswer } from '../asking.ts'
import { Field } from '../parts/fields.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered, Problem } from '../parts/problem.tsx'
import type { PageProps } from '../pages.tsx'
import { go, hrefTo, where } from '../router.ts'
import { format } from '../texts/format.ts'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { faultOf } from '../refusals/wording.ts'
import { nameOf } from './differences-shown.tsx'
import { rulesMeant, typedRules, type TypedBlock, type TypedRules } from './typed-rules.ts'

export const NewVersionPage = ({ part }: PageProps) => {
  const code = part('code')
  const said = words().tariffs
  const from = where.value.query.get('from')
  const answer = useAnswer('tariff', { code, ...(from === null ? {} : { validFrom: from }) })
  return (
    <Page
      title={`${said.draft.title}: ${code}`}
      about={said.draft.about}
      crumbs={[
        { href: hrefTo(['tariffs']), label: said.title },
        { href: hrefTo(['tariffs', code]), label: code },
      ]}
    >
      <Answered answer={answer} lines={16}>
        {({ rules }) => <Making key={rules.validFrom} base={rules} />}
      </Answered>
    </Page>
  )
}

const Making = ({ base }: { base: TariffRules }) => {
  const { draft: said } = words().tariffs
  const [typed, setTyped] = useState<TypedRules>(() => typedRules(base))
  const [problems, setProblems] = useState<readonly string[]>([])
  const [keeping, setKeeping] = useState(false)
  const set = (changed: Partial<TypedRules>) => setTyped((before) => ({ ...before, ...changed }))
  const keep = async (): Promise<void> => {
    const meant = rulesMeant(typed, base)
    if (meant.kind === 'no numbers') {
      setProblems(meant.where.map((it) => said.notNumber(nameOf(it))))
      return
    }
    setKeeping(true)
    const done = await perform('tariff/new-version', { rules: meant.rules })
    setKeeping(false)
    if (done.kind === 'refused') setProblems([done.problem])
    else if (done.told.kind === 'problems') setProblems(done.told.problems.map(problemText))
    else go(hrefTo(['tariffs', 'draft', done.told.draft]))
  }
  return (
    <form
      class="page"
      aria-busy={keeping}
      onSubmit={(event) => {
        event.preventDefault()
        if (!keeping) void keep()
      }}
    >
      <Section title={said.from}>
        <Field
          name="validFrom"
          label={said.from}
          labelHidden
          hint={said.fromHint}
          type="date"
          required
          onInput={(validFrom) => set({ validFrom })}
        />
      </Section>
      <Blocks of={typed.blocks} onChange={(blocks) => set({ blocks })} />
      <Charges base={base} typed={typed} set={set} />
      <PolicyFields typed={typed} set={set} />
      {problems.length > 0 && <Problem text={[said.problems, ...problems].join(' ')} />}
      <div class="actions">
        <button type="submit" class="button main" aria-disabled={keeping}>
          {said.submit}
        </button>
      </div>
    </form>
  )
}

const problemText = ({ where: at, why }: FieldProblem): string =>
  words().refusals.field({ field: nameOf(at), fault: faultOf(why, false) })

type Part = { typed: TypedRules; set: (changed: Partial<TypedRules>) => void }

const Blocks = ({
  of,
  onChange,
}: {
  of: readonly TypedBlock[]
  onChange: (blocks: TypedBlock[]) => void
}) => {
  const { draft: said } = words().tariffs
  const { count } = format()
  const change = (place: number, changed: Partial<TypedBlock>) =>
    onChange(of.map((block, at) => (at === place ? { ...block, ...changed } : block)))
  return (
    <Section
      title={said.blocks}
      about={said.upToHint}
      actions={
        <button
          type="button"
          class="button"
          disabled={of.length >= mostBlocks}
          onClick={() => onChange([...of.slice(0, -1), { upTo: '', price: '' }, ...of.slice(-1)])}
        >
          {said.addBlock}
        </button>
      }
    >
      {of.map((block, place) => (
        <div class="typed-block" key={`${place} of ${of.length}`}>
          <Field
            name={`upTo${place}`}
            label={`${count(place + 1)} · ${said.upTo}`}
            value={block.upTo}
            inputMode="decimal"
            required={place < of.length - 1}
            onInput={(upTo) => change(place, { upTo })}
            ltr
          />
          <Field
            name={`price${place}`}
            label={`${count(place + 1)} · ${said.price}`}
            value={block.price}
            inputMode="decimal"
            required
            onInput={(price) => change(place, { price })}
            ltr
          />
          {of.length > 1 && (
            <button
              type="button"
              class="button"
              aria-label={said.removeBlock(count(place + 1))}
              onClick={() => onChange(withoutBlock(of, place))}
            >
              ×
            </button>
          )}
        </div>
      ))}
    </Section>
  )
}

/** As many as fit on a card. */
const mostBlocks = 7

/** Whichever goes, the last one that stays has no end. */
const withoutBlock = (blocks: readonly TypedBlock[], place: number): TypedBlock[] =>
  blocks
    .filter((_, at) => at !== place)
    .map((block, at, left) => (at === left.length - 1 ? { ...block, upTo: '' } : block))

const Charges = ({ base, typed, set }: Part & { base: TariffRules }) => {
  const { draft: said, read } = words().tariffs
  const replaced = (list: readonly string[], place: number, text: string): string[] =>
    list.map((before, at) => (at === place ? text : before))
  return (
    <Section title={`${read.vat}, ${read.levies}, ${read.fixed}, ${read.free}`}>
      <div class="typed-fields">
        <NumberField
          name="vatRate"
          label={said.vatRate}
          value={typed.vatRate}
          onInput={(vatRate) => set({ vatRate })}
        />
        {base.levies.map((levy, place) => (
          <NumberField
            key={levy.names.en}
            name={`levy${place}`}
            label={`${said.levies}: ${levy.names[language.value]}`}
            value={typed.levies[place] ?? ''}
            onInput={(text) => set({ levies: replaced(typed.levies, place, text) })}
          />
        ))}
        {base.fixedCharges.map((charge, place) => (
          <NumberField
            key={charge.names.en}
            name={`fixed${place}`}
            label={`${said.fixed}: ${charge.names[language.value]}`}
            value={typed.fixed[place] ?? ''}
            onInput={(text) => set({ fixed: replaced(typed.fixed, place, text) })}
          />
        ))}
        <NumberField
          name="mostMonths"
          label={said.mostMonths}
          value={typed.mostMonths}
          onInput={(mostMonths) => set({ mostMonths })}
        />
        <NumberField
          name="free"
          label={said.free}
          value={typed.free}
          onInput={(free) => set({ free })}
        />
      </div>
    </Section>
  )
}

const policyFields = [
  'arrearsShare',
  'arrearsCap',
  'arrearsLeast',
  'feeFlat',
  'feeShare',
  'feeCap',
  'saleLeast',
  'saleMost',
] as const

const PolicyFields = ({ typed, set }: Part) => {
  const { draft: said, read } = words().tariffs
  return (
    <Section title={`${read.arrears}, ${read.fee}, ${read.sale}`}>
      <div class="typed-fields">
        {policyFields.map((name) => (
          <NumberField
            key={name}
            name={name}
            label={said[name]}
            value={typed[name]}
            optional={name === 'arrearsCap' || name === 'feeCap'}
            onInput={(text) => set({ [name]: text })}
          />
        ))}
      </div>
    </Section>
  )
}

const NumberField = ({
  optional = false,
  ...rest
}: {
  name: string
  label: string
  value: string
  optional?: boolean
  onInput: (text: string) => void
}) => <Field {...rest} inputMode="decimal" required={!optional} ltr />
