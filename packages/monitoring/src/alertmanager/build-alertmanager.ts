import { type MonitoringFile, yamlFile } from '../file.ts'
import { type AlertmanagerOptions, type Contacts, readContacts, type Team } from './contacts.ts'
import { inhibitions } from './inhibitions.ts'

/** Alertmanager's configuration: who is told of what, and how. It holds no secret, only where secrets are. */
export function buildAlertmanager(options: AlertmanagerOptions): MonitoringFile {
  const contacts = readContacts(options)
  const { teams } = contacts
  return yamlFile('alertmanager/alertmanager.yml', {
    global: {
      resolve_timeout: '5m',
      smtp_smarthost: contacts.smtpHost,
      smtp_from: contacts.smtpFrom,
      smtp_auth_username: contacts.smtpFrom,
      smtp_auth_password_file: `${contacts.secretsDirectory}/smtp-password`,
      slack_api_url_file: `${contacts.secretsDirectory}/slack-url`,
      ...(contacts.pagerdutyUrl && { pagerduty_url: contacts.pagerdutyUrl }),
    },
    route: {
      // Alerts without a team or a severity: somebody should give them one.
      receiver: 'unrouted',
      group_by: ['alertname', 'service', 'team'],
      ...{ group_wait: '30s', group_interval: '5m', repeat_interval: '4h' },
      routes: teams.map(({ name }) => ({
        matchers: [`team="${name}"`],
        receiver: `${name}-info`,
        routes: [
          { matchers: ['severity="critical"'], receiver: `${name}-critical`, repeat_interval: '1h' },
          { matchers: ['severity="warning"'], receiver: `${name}-warning` },
        ],
      })),
    },
    inhibit_rules: inhibitions,
    receivers: [
      { name: 'unrouted', email_configs: [mail(contacts.fallbackMail)] },
      ...teams.flatMap(team => receiversOf(team, contacts)),
    ],
  })
}

/** Critical wakes somebody, a warning is for today, information is for when there is time. */
function receiversOf(team: Team, contacts: Contacts): object[] {
  const { name } = team
  const secrets = contacts.secretsDirectory
  const slack = {
    channel: team.slackChannel,
    send_resolved: true,
    title: '{{ .Status | toUpper }} {{ .CommonLabels.alertname }} ({{ .CommonLabels.service }})',
    text: '{{ range .Alerts }}{{ .Annotations.summary }}: {{ .Annotations.description }} <{{ .Annotations.runbook_url }}|Runbook>\n{{ end }}',
  }
  const webhook = {
    url: contacts.webhookUrl,
    send_resolved: true,
    http_config: { authorization: { type: 'Bearer', credentials_file: `${secrets}/webhook-token` } },
  }
  const pagerduty = {
    routing_key_file: `${secrets}/pagerduty-${name}`,
    description: '{{ .CommonLabels.alertname }}: {{ (index .Alerts 0).Annotations.summary }}',
    severity: '{{ .CommonLabels.severity }}',
    links: [{ href: '{{ (index .Alerts 0).Annotations.runbook_url }}', text: 'Runbook' }],
  }
  return [
    {
      name: `${name}-critical`,
      ...{ pagerduty_configs: [pagerduty], slack_configs: [slack], webhook_configs: [webhook] },
    },
    { name: `${name}-warning`, slack_configs: [slack], webhook_configs: [webhook] },
    { name: `${name}-info`, email_configs: [mail(team.mail)] },
  ]
}

function mail(to: string): object {
  return { to, send_resolved: true }
}
