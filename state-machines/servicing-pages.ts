// The pages of the maintenance mode: what is chosen there, and where it leads. Which page offers what: `service-menu.ts`.
import { cast } from './servicing-cast.ts'
import { machineActs } from './servicing-context.ts'

export const pages = cast.createStateConfig({
  always: { guard: 'keyIsBack', target: 'handingBack' },
  after: { servicePatience: { target: 'nobodyThere', actions: 'staysAsItIs' } },
  on: {
    'press.choose': [
      {
        guard: { type: 'chooses', params: { choices: 'a page' } },
        target: 'pages',
        reenter: true,
        actions: 'openPage',
      },
      {
        guard: { type: 'chooses', params: { choices: ['test', 'test page', 'cut'] } },
        target: 'testing',
        actions: ['sayNothing', 'paperTestIs'],
      },
      { guard: { type: 'chooses', params: { choices: ['exchange'] } }, target: 'exchanging' },
      {
        guard: { type: 'chooses', params: { choices: ['seen', 'not seen'] } },
        target: 'journallingAct',
        actions: ['lookedAt', 'goBack'],
      },
      {
        guard: { type: 'chooses', params: { choices: ['roll changed'] } },
        target: 'journallingAct',
        actions: [
          { type: 'actIs', params: { act: 'paper', result: 'roll changed' } },
          { type: 'say', params: { sentence: 'saved', mark: 'well' } },
        ],
      },
      {
        guard: { type: 'chooses', params: { choices: ['ask again'] } },
        target: 'askingCentre',
        actions: 'sayNothing',
      },
      {
        guard: 'choosesSetting',
        target: 'savingSetting',
        actions: 'settingIsChosen',
      },
      // Of this visit alone: the customers' language is a setting.
      {
        guard: { type: 'chooses', params: { choices: ['english', 'chinese', 'arabic'] } },
        target: 'pages',
        reenter: true,
        actions: 'speakLanguage',
      },
      {
        guard: {
          type: 'chooses',
          params: { choices: ['close now', 'close for a fault', 'close for the day', 'open'] },
        },
        target: 'journallingOpening',
        actions: 'openingIsChosen',
      },
      {
        guard: { type: 'chooses', params: { choices: machineActs } },
        target: 'leaving',
        actions: 'machineActIsChosen',
      },
      // What the page itself does: it plays its sounds.
      {
        guard: { type: 'chooses', params: { choices: ['play'] } },
        target: 'pages',
        reenter: true,
      },
    ],
    'press.cancel': [
      { guard: 'atTop', target: 'handingBack' },
      { target: 'pages', reenter: true, actions: ['goBack', 'sayNothing'] },
    ],
  },
})
