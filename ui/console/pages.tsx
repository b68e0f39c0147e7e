// Every page of the console: its address, the right it needs, its title, and where it is drawn. An area adds its lines here,
// its style sheet in index.html, and its words in texts/en.ts, zh.ts and ar.ts.
import type { ComponentType } from 'preact'
import type { StaffRight } from '../../domain/console/staff.ts'
import type { Words } from './texts/words.ts'

/** `part('kiosk')` is what stands in the address where the path says `:kiosk`. */
export type PageProps = { part: (name: string) => string }

export type PageRow = {
  /** Segments of the address; one that begins with a colon takes whatever stands there. */
  path: string
  /** Any of them; null: whoever is signed in. */
  right: StaffRight | readonly StaffRight[] | null
  title: (words: Words) => string
  page: () => Promise<ComponentType<PageProps>>
  /** False: not in the navigation, although its address is complete. */
  menu?: boolean
}

/** In the order of the navigation. What begins with the same segment stands together; its first page stands for all of them. */
export const pages: readonly PageRow[] = [
  {
    path: 'fleet',
    right: 'see the fleet',
    title: (words) => words.fleet.title,
    page: async () => (await import('./fleet/fleet-page.tsx')).FleetPage,
  },
  {
    path: 'fleet/alarms',
    right: 'see the fleet',
    title: (words) => words.fleet.alarms.title,
    page: async () => (await import('./fleet/alarms-page.tsx')).AlarmsPage,
  },
  {
    path: 'fleet/cash',
    right: 'see the fleet',
    title: (words) => words.fleet.cash.title,
    page: async () => (await import('./fleet/collection-page.tsx')).CollectionPage,
  },
  {
    path: 'fleet/rollouts',
    right: 'see the fleet',
    title: (words) => words.fleet.rollouts.title,
    page: async () => (await import('./fleet/rollouts-page.tsx')).RolloutsPage,
  },
  {
    path: 'fleet/rollouts/:rollout',
    right: 'see the fleet',
    title: (words) => words.fleet.rollouts.title,
    page: async () => (await import('./fleet/rollout-page.tsx')).RolloutPage,
    menu: false,
  },
  {
    path: 'fleet/kiosks/:kiosk',
    right: 'see the fleet',
    title: (words) => words.fleet.kiosk,
    page: async () => (await import('./fleet/kiosk-page.tsx')).KioskPage,
    menu: false,
  },
  {
    path: 'explain',
    right: 'explain sales',
    title: (words) => words.explaining.title,
    page: async () => (await import('./explaining/explain-page.tsx')).ExplainPage,
  },
  {
    path: 'explain/:sale',
    right: 'explain sales',
    title: (words) => words.explaining.title,
    page: async () => (await import('./explaining/sale-page.tsx')).SalePage,
    menu: false,
  },
  {
    path: 'customers',
    right: 'see customers',
    title: (words) => words.customers.title,
    page: async () => (await import('./customers/customers-page.tsx')).CustomersPage,
  },
  {
    path: 'customers/file',
    right: 'change customers',
    title: (words) => words.customers.import.title,
    page: async () => (await import('./customers/file-page.tsx')).FilePage,
    menu: false,
  },
  {
    path: 'customers/:customer',
    right: 'see customers',
    title: (words) => words.customers.title,
    page: async () => (await import('./customers/customer-page.tsx')).CustomerPage,
    menu: false,
  },
  {
    path: 'tariffs',
    right: 'see tariffs',
    title: (words) => words.tariffs.title,
    page: async () => (await import('./tariffs/tariffs-page.tsx')).TariffsPage,
  },
  {
    path: 'tariffs/simulator',
    right: 'see customers',
    title: (words) => words.tariffs.simulator.title,
    page: async () => (await import('./tariffs/simulator-page.tsx')).SimulatorPage,
  },
  {
    path: 'tariffs/draft/:draft',
    right: 'see tariffs',
    title: (words) => words.tariffs.draft.title,
    page: async () => (await import('./tariffs/draft-page.tsx')).DraftPage,
    menu: false,
  },
  {
    path: 'tariffs/:code/new',
    right: 'change tariffs',
    title: (words) => words.tariffs.draft.title,
    page: async () => (await import('./tariffs/new-version-page.tsx')).NewVersionPage,
    menu: false,
  },
  {
    path: 'tariffs/:code',
    right: 'see tariffs',
    title: (words) => words.tariffs.title,
    page: async () => (await import('./tariffs/tariff-page.tsx')).TariffPage,
    menu: false,
  },
  {
    path: 'figures',
    right: 'see figures',
    title: (words) => words.figures.overview.title,
    page: async () => (await import('./figures/overview-page.tsx')).OverviewPage,
  },
  {
    path: 'figures/sales',
    right: 'see figures',
    title: (words) => words.figures.sales.title,
    page: async () => (await import('./figures/sales-page.tsx')).SalesPage,
  },
  {
    path: 'figures/transactions',
    right: 'see figures',
    title: (words) => words.figures.transactions.title,
    page: async () => (await import('./figures/transactions-page.tsx')).TransactionsPage,
  },
  {
    path: 'figures/received',
    right: 'see figures',
    title: (words) => words.figures.received.title,
    page: async () => (await import('./figures/received-page.tsx')).ReceivedPage,
  },
  {
    path: 'figures/boxes',
    right: 'see figures',
    title: (words) => words.figures.boxes.title,
    page: async () => (await import('./figures/boxes-page.tsx')).BoxesPage,
  },
  {
    path: 'figures/settlement',
    right: 'see figures',
    title: (words) => words.figures.settlement.title,
    page: async () => (await import('./figures/settlement-page.tsx')).SettlementPage,
  },
  {
    path: 'figures/settlement/:day',
    right: 'see figures',
    title: (words) => words.figures.settlement.title,
    page: async () => (await import('./figures/settlement-page.tsx')).SettlementDayPage,
    menu: false,
  },
  {
    path: 'figures/month',
    right: 'see figures',
    title: (words) => words.figures.month.title,
    page: async () => (await import('./figures/month-page.tsx')).MonthPage,
  },
  {
    path: 'figures/month/:month',
    right: 'see figures',
    title: (words) => words.figures.month.title,
    page: async () => (await import('./figures/month-page.tsx')).NamedMonthPage,
    menu: false,
  },
  {
    path: 'figures/kiosk/:kiosk',
    right: 'see figures',
    title: (words) => words.figures.overview.title,
    page: async () => (await import('./figures/kiosk-day-page.tsx')).KioskDayPage,
    menu: false,
  },
  {
    path: 'losses',
    right: 'see losses',
    title: (words) => words.losses.title,
    page: async () => (await import('./losses/losses-page.tsx')).LossesPage,
  },
  {
    path: 'losses/summary',
    right: 'see losses',
    title: (words) => words.losses.summary.title,
    page: async () => (await import('./losses/summary-page.tsx')).SummaryPage,
  },
  {
    path: 'losses/tasks',
    right: 'order field tasks',
    title: (words) => words.losses.tasks.title,
    page: async () => (await import('./losses/tasks-page.tsx')).TasksPage,
  },
  {
    path: 'losses/task/:task',
    right: 'order field tasks',
    title: (words) => words.losses.tasks.title,
    page: async () => (await import('./losses/task-page.tsx')).TaskPage,
    menu: false,
  },
  {
    path: 'losses/finding/:finding',
    right: 'see losses',
    title: (words) => words.losses.title,
    page: async () => (await import('./losses/finding-page.tsx')).FindingPage,
    menu: false,
  },
  {
    path: 'approvals',
    right: ['propose money moves', 'approve money moves', 'approve key actions'],
    title: (words) => words.approvals.title,
    page: async () => (await import('./approvals/approvals-page.tsx')).ApprovalsPage,
  },
  {
    path: 'staff',
    right: 'manage staff',
    title: (words) => words.staff.title,
    page: async () => (await import('./staff/staff-page.tsx')).StaffPage,
  },
  {
    path: 'audit',
    right: 'see the audit trail',
    title: (words) => words.staff.audit.title,
    page: async () => (await import('./staff/audit-page.tsx')).AuditPage,
  },
  {
    path: 'password',
    right: null,
    title: (words) => words.staff.password.title,
    page: async () => (await import('./staff/password-page.tsx')).PasswordPage,
    menu: false,
  },
]
