// Notes go in and the energy grows with each; what happens to change is said before the first one.
import { minus } from '../../../domain/money.ts'
import { PayAndGet } from '../../parts/amount.tsx'
import { Note, Notes } from '../../parts/note.tsx'
import { Picture, type PictureName } from '../../parts/pictures.tsx'
import type { NoteState } from '../screen.ts'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const InsertNotes = ({ screen, at }: ScreenProps<'insert notes'>) => {
  const { target, inserted, notes, energy, denominations, note, changeGoesTo } = screen
  const { texts, format } = at
  const missing = target === null ? 0 : target - inserted
  return (
    <>
      <section class="known paying">
        <Title>{target === null ? texts.notes.depositTitle : texts.notes.title}</Title>
        <p class={`note-state ${toneOf(note)}`} role="status">
          <Picture name={pictureOf(note)} />
          <span>{texts.notes.state(note)}</span>
        </p>
        <PayAndGet
          pay={{ label: texts.notes.inserted, parts: format.moneyParts(inserted) }}
          get={
            energy === null ? null : { label: texts.notes.soFar, parts: format.energyParts(energy) }
          }
        />
        {target !== null && (
          <p class="missing">
            {missing > 0 ? texts.notes.stillToPay(minus(target, inserted)) : texts.notes.enough}
          </p>
        )}
      </section>
      <section class="answers purse">
        {notes.length > 0 && (
          <Notes values={notes} format={format} label={texts.notes.sum(notes.length)} />
        )}
        <p class="taken">
          <span>{texts.notes.takes}</span>
          <span class="row">
            {denominations.map((value) => (
              <Note key={value} value={value} format={format} />
            ))}
          </span>
        </p>
        <p class="notice information">
          <Picture name="information" />
          <span>
            {target === null ? texts.notes.depositNote : texts.notes.change[changeGoesTo]}
          </span>
        </p>
      </section>
    </>
  )
}

const toneOf = (note: NoteState): string =>
  note.kind === 'refused' || note.kind === 'stopped' || note.kind === 'given back'
    ? 'attention'
    : note.kind === 'taken'
      ? 'good'
      : note.kind === 'ready'
        ? 'ready'
        : 'busy'

const pictureOf = (note: NoteState): PictureName => {
  const tone = toneOf(note)
  return tone === 'attention' ? 'attention' : tone === 'good' ? 'tick' : 'notes'
}
