import type { Meter, MeterProvider } from '@opentelemetry/api'

/**
 * Stands in for `@opentelemetry/instrumentation` when tsdown bundles the runtime instrumentation, which
 * needs no more of it than a meter and its own configuration. The real one wraps `require` and brings two
 * module loaders: 25 files at every start of every process, for nothing here.
 */
export class InstrumentationBase {
  declare meter: Meter
  readonly instrumentationName: string
  readonly instrumentationVersion: string
  protected _config: Record<string, unknown>

  constructor(name: string, version: string, config: Record<string, unknown>) {
    this.instrumentationName = name
    this.instrumentationVersion = version
    this._config = { enabled: true, ...config }
  }

  setMeterProvider(meterProvider: MeterProvider): void {
    this.meter = meterProvider.getMeter(this.instrumentationName, this.instrumentationVersion)
    this._updateMetricInstruments()
  }

  getConfig(): Record<string, unknown> {
    return this._config
  }

  enable(): void {}

  disable(): void {}

  protected _updateMetricInstruments(): void {}
}
