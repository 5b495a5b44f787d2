import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rehearse } from '../../src/rehearse.ts'
import { deployFolder } from '../deploy-folder.ts'

export const webhookToken = 'only-for-tests'

export interface Place {
  /** Where the copies go. */
  directory: string
  /** What make-secrets.mjs has written. */
  secrets: string
  speed: number
  receiverUrl: string
}

export interface Shipped {
  /** `web.yml` of the page. */
  pageConfigFile: string
  alertmanager(): string
  /** Given where each target of the file really is; one that is nowhere stays as it is, and is down. */
  prometheus(targets: Record<string, string | undefined>): string
}

/**
 * What deploy/ holds, with three changes: times are divided by the speed, a container's paths are ours, and its names
 * and addresses those of what runs here.
 */
export function shipped({ directory, secrets, speed, receiverUrl }: Place): Shipped {
  const rules = join(directory, 'rules')
  for (const name of readdirSync(join(deployFolder, 'prometheus/rules')))
    write(join(rules, name), rehearse(read(`prometheus/rules/${name}`), speed))
  const pageConfigFile = join(directory, 'page.web.yml')
  write(pageConfigFile, read('compose/control-plane.web.yml').replaceAll('/run/secrets', secrets))

  const receivers = join(secrets, 'receivers')
  const ofReceivers = {
    'slack-url': `${receiverUrl}/slack`,
    'webhook-token': webhookToken,
    ...{ 'smtp-password': 'none', 'pagerduty-platform': 'none' },
  }
  for (const [name, text] of Object.entries(ofReceivers)) write(join(receivers, name), text)
  return {
    pageConfigFile,
    alertmanager: () =>
      rehearse(read('alertmanager/alertmanager.yml'), speed)
        .replaceAll('/etc/alertmanager/secrets', receivers)
        .replaceAll('http://alert-receiver:8080', receiverUrl)
        .replace('smtp.example.com:587', '127.0.0.1:9')
        // Its own address is PagerDuty's, who have no part in this.
        .replace('global:\n', `global:\n  pagerduty_url: ${receiverUrl}/pagerduty\n`),
    prometheus: targets => {
      const text = rehearse(read('prometheus/prometheus.yml'), speed)
        .replaceAll('/run/secrets', secrets)
        .replaceAll('/etc/prometheus/rules', rules)
      return Object.entries(targets).reduce((placed, [name, url]) => {
        if (!placed.includes(name)) throw new Error(`prometheus.yml names no ${name} any more.`)
        // The name that the certificates are for.
        return url === undefined ? placed : placed.replaceAll(name, `localhost:${new URL(url).port}`)
      }, text)
    },
  }
}

function read(path: string): string {
  return readFileSync(join(deployFolder, path), 'utf8')
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
