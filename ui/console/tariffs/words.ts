// The words of tariffs: versions, one as a person reads it, a new one tried before it is proposed, and the simulator.
import type { TariffRules, VersionState } from '../../../domain/console/tariffs.ts'

type Levy = TariffRules['levies'][number]['kind']

export type TariffsWords = {
  title: string
  about: string
  columns: {
    code: string
    name: string
    inForce: string
    toCome: string
    meters: string
    perKwh: string
  }
  states: Record<VersionState, string>
  versions: {
    title: string
    from: (day: string) => string
    through: (day: string) => string
    taken: (by: string, approvedBy: string) => string
    fromFile: string
    change: string
  }
  read: {
    energy: string
    ladder: Record<'month' | 'year', string>
    block: string
    first: (upTo: string) => string
    between: (from: string, upTo: string) => string
    above: (from: string) => string
    all: string
    price: string
    withAll: string
    vat: string
    vatIncluded: (rate: string) => string
    vatOnTop: (rate: string) => string
    levies: string
    levyKinds: Record<Levy, string>
    fixed: string
    monthly: Record<'included' | 'on top', (amount: string) => string>
    mostMonths: (months: string) => string
    none: string
    arrears: string
    share: (share: string) => string
    cap: (cap: string) => string
    least: (share: string) => string
    fee: string
    feeFlat: (amount: string) => string
    feeShare: (share: string) => string
    feeCap: (amount: string) => string
    free: string
    freeTold: (energy: string) => string
    sale: string
    saleTold: (least: string, most: string) => string
    rounding: string
    roundingTold: string
    perKwh: string
  }
  differences: {
    title: string
    none: string
    first: string
    what: string
    before: string
    after: string
  }
  fields: Record<string, string>
  draft: {
    title: string
    about: string
    submit: string
    from: string
    fromHint: string
    blocks: string
    upTo: string
    upToHint: string
    price: string
    addBlock: string
    removeBlock: (place: string) => string
    vatRate: string
    levies: string
    fixed: string
    mostMonths: string
    arrearsShare: string
    arrearsCap: string
    arrearsLeast: string
    feeFlat: string
    feeShare: string
    feeCap: string
    free: string
    saleLeast: string
    saleMost: string
    problems: string
    notNumber: (field: string) => string
    open: string
    by: (who: string) => string
    states: Record<'draft' | 'proposed' | 'taken', string>
  }
  trial: {
    title: string
    about: (month: string) => string
    start: string
    again: string
    working: string
    first: string
    sales: string
    tender: string
    energy: string
    revenue: string
    vat: string
    was: string
    wouldBe: string
    difference: string
    more: string
    less: string
    same: string
    refused: string
    reproduced: (of: string, all: string) => string
    reproducedAll: string
    winners: string
    losers: string
    nobody: string
    order: string
    paid: string
    got: string
    gain: string
    propose: string
    proposeTitle: string
    proposeTold: string
    proposed: string
    reason: string
  }
  simulator: {
    title: string
    about: string
    customer: string
    customerHint: string
    meter: string
    by: Record<'money' | 'energy', string>
    byLabel: string
    amount: string
    energy: string
    day: string
    dayHint: string
    show: string
    begin: string
    pays: string
    fee: string
    fixed: (period: string) => string
    fixedVat: (vat: string) => string
    arrears: string
    arrearsLeft: (left: string) => string
    block: (place: string, energy: string, price: string) => string
    vat: (rate: string) => string
    vatIncluded: (rate: string, amount: string) => string
    levies: string
    residue: string
    gets: string
    free: string
    rests: string
    version: (code: string, day: string) => string
    sold: string
    owed: string
    plan: string
    ownPlan: string
    headroom: string
    noLimit: string
    limits: (least: string, most: string) => string
    refused: string
    why: Record<string, string>
    nothingWritten: string
    wrongNumber: string
  }
}
