// A device on a card: what it is, what it said of itself, and how it stands.
import { Shape } from '../kiosk/service/mark.tsx'
import type { ServiceDevice, ServiceMark } from '../kiosk/service/service-page.ts'
import { Picture, type PictureName } from '../parts/pictures.tsx'
import type { DeviceLine } from './setup-view.ts'
import type { SetupStage } from './stage.ts'

const pictures: Record<ServiceDevice, PictureName> = {
  cardReader: 'card',
  noteAcceptor: 'notes',
  receiptPrinter: 'receipt',
  bankTerminal: 'bank terminal',
}

export const markOf = ({ found, tested }: DeviceLine): ServiceMark => {
  if (found === null || tested === 'not yet') return 'attention'
  return tested === 'passed' ? 'well' : 'wrong'
}

export const DeviceCard = ({
  line,
  at: { texts },
  waiting = false,
}: {
  line: DeviceLine
  at: SetupStage
  /** It may still answer: nothing is said of one that has not. */
  waiting?: boolean
}) => {
  const { device, found, tested } = line
  return (
    <span class="device-card" data-found={found !== null}>
      <Picture name={pictures[device]} />
      <span class="words">
        <b>{texts.device[device]}</b>
        {found === null ? (
          <small>{waiting ? '…' : texts.devices.notFound}</small>
        ) : (
          <small class="said">
            <bdi dir="ltr">{found.said}</bdi>
          </small>
        )}
        {!waiting && found !== null && (
          <span class="marked" data-mark={markOf(line)}>
            <Shape mark={markOf(line)} />
            {texts.devices.tested[tested]}
          </span>
        )}
      </span>
      {waiting && found !== null && <Shape mark="well" />}
    </span>
  )
}
