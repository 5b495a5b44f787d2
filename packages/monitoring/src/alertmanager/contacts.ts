export interface AlertmanagerOptions {
  /** Those that the label `team` can name. */
  readonly teams?: readonly Team[]
  /** Where files with secrets are: `smtp-password`, `slack-url`, `webhook-token`, and `pagerduty-<team>` for each team. */
  readonly secretsDirectory?: string
  /** Told of critical alerts and warnings, for whatever else should know. */
  readonly webhookUrl?: string
  readonly smtpHost?: string
  readonly smtpFrom?: string
  /** Told of alerts that no team has. */
  readonly fallbackMail?: string
  /** Another address than PagerDuty's own, such as its European one. */
  readonly pagerdutyUrl?: string
}

export interface Team {
  readonly name: string
  readonly slackChannel: string
  readonly mail: string
}

export type Contacts = Required<Omit<AlertmanagerOptions, 'pagerdutyUrl'>> &
  Pick<AlertmanagerOptions, 'pagerdutyUrl'>

export function readContacts(options: AlertmanagerOptions): Contacts {
  return {
    teams: [{ name: 'platform', slackChannel: '#platform-alerts', mail: 'platform@example.com' }],
    secretsDirectory: '/etc/alertmanager/secrets',
    webhookUrl: 'http://alert-receiver:8080/alerts',
    smtpHost: 'smtp.example.com:587',
    smtpFrom: 'alerts@example.com',
    fallbackMail: 'operations@example.com',
    ...options,
  }
}
