// What the browser may do: show the page of this machine, and nothing else (kiosk-machine.md 9).
import { systemFile, systemFolder, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'
import { rescueFolder, screenHost, usualScreenPort } from '../places.ts'

/** Enterprise policies of Chromium, by their names in its policy list. */
export const policiesFor = ({ kiosk }: Facts): Record<string, unknown> => ({
  // Only what is opened as a page is held by it; what a page loads is held by its own content security policy.
  URLBlocklist: ['*'],
  URLAllowlist: [
    `http://${screenHost}:${kiosk?.screen.port ?? usualScreenPort}`,
    `file://${rescueFolder}`,
  ],
  DeveloperToolsAvailability: 2,
  IncognitoModeAvailability: 1,
  DownloadRestrictions: 3,
  AllowFileSelectionDialogs: false,
  PrintingEnabled: false,
  DefaultPopupsSetting: 2,
  DefaultNotificationsSetting: 2,
  DefaultGeolocationSetting: 2,
  DefaultWebUsbGuardSetting: 2,
  DefaultWebHidGuardSetting: 2,
  DefaultSerialGuardSetting: 2,
  DefaultWebBluetoothGuardSetting: 2,
  DefaultFileSystemReadGuardSetting: 2,
  DefaultFileSystemWriteGuardSetting: 2,
  AudioCaptureAllowed: false,
  VideoCaptureAllowed: false,
  ScreenCaptureAllowed: false,
  ExtensionInstallBlocklist: ['*'],
  SyncDisabled: true,
  BrowserSignin: 0,
  BrowserAddPersonEnabled: false,
  BrowserGuestModeEnabled: false,
  PasswordManagerEnabled: false,
  AutofillAddressEnabled: false,
  AutofillCreditCardEnabled: false,
  TranslateEnabled: false,
  SearchSuggestEnabled: false,
  DefaultSearchProviderEnabled: false,
  SafeBrowsingProtectionLevel: 0,
  SafeBrowsingExtendedReportingEnabled: false,
  MetricsReportingEnabled: false,
  ComponentUpdatesEnabled: false,
  NetworkPredictionOptions: 2,
  BackgroundModeEnabled: false,
  DefaultBrowserSettingEnabled: false,
  PromotionsEnabled: false,
  BookmarkBarEnabled: false,
  EditBookmarksEnabled: false,
  TaskManagerEndProcessEnabled: false,
  RestoreOnStartup: 5,
  HideWebStoreIcon: true,
  AllowDinosaurEasterEgg: false,
})

export const policyFile = '/etc/chromium/policies/managed/kiosk.json'

export const browser = (facts: Facts): Part => ({
  name: 'browser',
  packages: [
    { name: 'chromium', why: 'shows the page' },
    { name: 'fonts-noto-core', why: 'Latin and Arabic letters' },
    { name: 'fonts-noto-cjk', why: 'Chinese characters' },
  ],
  folders: [
    systemFolder({ path: '/etc/chromium/policies', why: 'where Chromium looks for them' }),
    systemFolder({
      path: '/etc/chromium/policies/managed',
      closed: true,
      why: 'another file could take back what ours forbids',
    }),
    systemFolder({
      path: '/etc/chromium/policies/recommended',
      closed: true,
      why: 'nothing is recommended',
    }),
  ],
  files: [
    systemFile({
      path: policyFile,
      content: `${JSON.stringify(policiesFor(facts), null, 2)}\n`,
      why: 'a page of this machine and no other; no tools, no files, no dialogs',
    }),
  ],
})
