import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { AggregationTemporality, InstrumentType } from '@opentelemetry/sdk-metrics';

/**
 * The exporter, with observable gauges that end when they are not observed any more, such as those of an account that was removed.
 * Where the temporality is cumulative, the SDK repeats the last value of each of their series until the process ends.
 */
export class MetricsExporter extends PrometheusExporter {
  override selectAggregationTemporality(type: InstrumentType): AggregationTemporality {
    if (type === InstrumentType.OBSERVABLE_GAUGE) return AggregationTemporality.DELTA;
    return super.selectAggregationTemporality(type);
  }
}
