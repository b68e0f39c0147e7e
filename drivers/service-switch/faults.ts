// Every trouble a key switch can have. It touches no money and no sale: the maintenance mode then opens with a card alone.

export type ServiceSwitchFault =
  /** It cannot be read: unplugged, or the kiosk may not. Doors are not watched meanwhile. Clears itself when it is back. */
  { kind: 'not answering'; moneyAtRisk: 'no' }
