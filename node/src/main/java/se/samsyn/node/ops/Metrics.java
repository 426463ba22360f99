package se.samsyn.node.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measurements in the text format of Prometheus; each is read when it is asked for. */
public final class Metrics {
    /** The media type of {@link #scrape}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Adds a measurement.
     *
     * @param name with dots between words and the unit last
     * @param help one sentence
     * @param value NaN while there is none
     */
    public Metrics gauge(String name, String help, Supplier<Number> value) {
        return gauge(name, help, Map.of(), value);
    }

    /** As {@link #gauge(String, String, Supplier)}, one of several with other labels. */
    public Metrics gauge(String name, String help, Map<String, String> labels, Supplier<Number> value) {
        List<Tag> tags = labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
        Gauge.builder(name, value).description(help).tags(tags).register(registry);
        return this;
    }

    /** All measurements as they are now. */
    public String scrape() {
        return registry.scrape();
    }
}
