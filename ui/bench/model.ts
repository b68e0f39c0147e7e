// What the bench page knows: the panel as the bench last sent it, what it refused, and which way the screen is turned.
import { computed, createModel, signal } from '@preact/signals'
import type { Act, Panel } from './panel.ts'

export const BenchModel = createModel(() => {
  const panel = signal<Panel | null>(null)
  const refused = signal<string | null>(null)
  const orientation = signal<'portrait' | 'landscape'>('portrait')
  const connected = signal(false)

  const act = async (wanted: Act): Promise<void> => {
    refused.value = null
    try {
      const answer = await fetch('/act', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wanted),
      })
      if (!answer.ok) refused.value = await answer.text()
    } catch {
      refused.value = 'The bench does not answer. Is `npm start` still running?'
    }
  }

  const listen = () => {
    const source = new EventSource('/panel')
    source.onmessage = ({ data }) => {
      panel.value = JSON.parse(String(data)) as Panel
      connected.value = true
    }
    source.onerror = () => (connected.value = false)
  }

  return {
    panel: computed(() => panel.value),
    refused: computed(() => refused.value),
    orientation: computed(() => orientation.value),
    connected: computed(() => connected.value),
    act,
    listen,
    turn: () => {
      orientation.value = orientation.value === 'portrait' ? 'landscape' : 'portrait'
    },
    hush: () => {
      refused.value = null
    },
  }
})
export type Bench = InstanceType<typeof BenchModel>
