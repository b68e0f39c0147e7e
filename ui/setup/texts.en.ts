// English of the first setup: what a technician would say, short.
import type { SetupTexts } from './texts.ts'

export const setupTexts: SetupTexts = {
  progress: 'Steps of the setup',
  steps: {
    language: 'Language',
    centre: 'Centre',
    kiosk: 'Kiosk',
    devices: 'Devices',
    ready: 'Ready',
  },
  newKiosk: 'New kiosk',
  kiosk: 'Kiosk',
  back: 'Back',
  on: 'Continue',
  silent: 'One moment',
  language: {
    title: 'Set up this kiosk',
    hint: 'Choose your language. Customers are met in it too; they can change it.',
  },
  question: {
    centre: {
      title: 'Address of the centre',
      hint: 'It stands on the paper from the office, such as centre.example:8020.',
    },
    kiosk: { title: 'Number of this kiosk', hint: '12 digits, on the paper from the office.' },
    code: {
      title: 'Enrolment code',
      hint: '24 letters in six groups. Small letters are fine; O counts as 0, I and L as 1.',
    },
    place: {
      title: 'Where does it stand?',
      hint: 'As customers know it: street, station, market.',
    },
    phone: { title: 'Telephone for customers', hint: 'It stands on every screen and receipt.' },
    utility: { title: 'Who sells here?', hint: 'The name at the head of every receipt.' },
    'tax number': { title: 'Tax number', hint: 'It stands under the name on every receipt.' },
    currency: { title: 'Currency', hint: 'Three letters, such as CNY.' },
    'time zone': { title: 'Time zone', hint: 'Such as Asia/Shanghai, or the city alone.' },
    person: {
      title: 'Your number',
      hint: '4 to 8 digits. You open the maintenance mode with it.',
    },
    name: { title: 'Your name', hint: 'It stands in the maintenance mode and in the journal.' },
    pin: { title: 'Your PIN', hint: '4 to 8 digits that nobody else knows.' },
    'pin again': { title: 'Your PIN once more', hint: 'Type the same digits again.' },
  },
  keyboard: {
    label: 'Keyboard',
    erase: 'Erase',
    space: 'Space',
    capitals: 'Capital letters',
    stick: 'Read from a USB stick',
  },
  problem: {
    'nothing typed': 'Nothing was typed: type an answer, then continue.',
    'not an address': 'This is no address of a centre: type it as on the paper from the office.',
    'not a kiosk number': 'A kiosk number has 12 digits: compare it with the paper.',
    'not a whole code':
      'The code is not whole or has a wrong letter: compare all 24 letters with the paper.',
    'not a currency': 'There is no such currency: type its three letters, such as CNY.',
    'not a time zone': 'There is no such time zone: type it as Asia/Shanghai.',
    'not a person number': 'Your number must have 4 to 8 digits and not begin with 0.',
    'not a pin': 'A PIN must have 4 to 8 digits.',
    'pins differ': 'The two PINs differ: type both again.',
    'centre away':
      'The centre did not answer: look at the network cable and the address, then try again.',
    'another centre':
      'Who answers there is not the centre of this code: check the address, then call the office.',
    'clock wrong':
      'The clock of this machine or of the centre is wrong: wait for the time service, then try again.',
    'no stick':
      'No stick with a file wattpoint-code.txt is plugged in: plug it in or type the code.',
    'nothing answers there':
      'No such device answered on that line: check cable and power, or choose another line.',
    'refused by the centre': (said) => `The centre refused: ${said}`,
    'not done': (said) => `This machine could not do it: ${said}`,
  },
  working: {
    enrolling: {
      title: 'Enrolling at the centre',
      hint: 'The machine makes its key and asks for its certificate.',
    },
    searching: {
      title: 'Looking for devices',
      hint: 'Every line is asked who is there. It takes up to half a minute.',
    },
    checking: { title: 'Looking at everything once more', hint: 'Centre, clock, disk, devices.' },
    writing: { title: 'Going into service', hint: 'The kiosk starts in a moment.' },
    moment: { title: 'One moment', hint: '' },
  },
  device: {
    cardReader: 'Card reader',
    noteAcceptor: 'Note acceptor',
    receiptPrinter: 'Receipt printer',
    bankTerminal: 'Bank terminal',
  },
  devices: {
    title: 'Devices of this kiosk',
    hint: 'Choose one to test it, or to say where it is.',
    notFound: 'Not found',
    tested: { 'not yet': 'Not tested yet', passed: 'Tested, well', failed: 'Test failed' },
    again: 'Look again',
    noReader: 'Without a card reader a kiosk cannot sell: plug it in, then look again.',
  },
  assigning: {
    test: 'Test it now',
    leaveOut: 'Do without it',
    where: 'It is on this line:',
    here: 'Found here',
    models: 'Model:',
    leftOut: 'This kiosk does without it.',
    missing: {
      cardReader: 'No reader was found: check its USB plug, then look again.',
      noteAcceptor: 'No note acceptor answered: check power and cable, then choose its line.',
      receiptPrinter:
        'No printer answered: check power, cable and 115 200 baud, then choose its line.',
      bankTerminal: 'No terminal answered: check power, cable and password, then choose its line.',
    },
  },
  testing: {
    cardReader: 'Testing the card reader',
    noteAcceptor: 'Testing the note acceptor',
    receiptPrinter: 'Printing test pages',
    bankTerminal: 'The bank terminal looks at itself',
  },
  looking: {
    title: 'Look at the paper',
    hint: 'Is every language there, straight, dark, and cut? If not, try another model.',
    seen: 'The paper is right',
    notSeen: 'Something is wrong',
  },
  slots: {
    title: 'Where are the slots?',
    hint: 'Choose a slot, then its place beside the screen. Arrows for customers point there.',
    slot: {
      card: 'Card slot',
      notes: 'Banknotes',
      bankTerminal: 'Bank terminal',
      receipt: 'Receipts',
    },
    place: {
      'left-high': 'left, high',
      'left-mid': 'left, in the middle',
      'left-low': 'left, low',
      'right-high': 'right, high',
      'right-mid': 'right, in the middle',
      'right-low': 'right, low',
      bottom: 'below the screen',
    },
  },
  report: {
    print: 'Print the report',
    again: 'Check again',
    inService: 'In service',
    paper: {
      'no printer': 'There is no printer: the report stands here only.',
      printing: 'The report is being printed.',
      printed: 'The report is on paper: keep it with the kiosk.',
      'not printed': 'The report was not printed: look at the printer, then print again.',
    },
  },
}
