package io.sealos.oci.internal.client;

import io.sealos.oci.internal.http.ConnectFailure;
import io.sealos.oci.internal.http.ContentDecoder;
import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Repeats requests after failures that may be temporary, with the pause that the server requests. */
final class Retries {
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final int retries;
    private final TransferListener listener;

    Retries(int retries, TransferListener listener) {
        this.retries = retries;
        this.listener = listener;
    }

    HttpResponse<ResponseBody> run(RegistryRequest call, Attempt attempt) throws IOException, InterruptedException {
        for (int failed = 0; ; failed++) {
            Duration pause;
            String reason;
            String host;
            try {
                HttpResponse<ResponseBody> reply = attempt.send();
                if (failed == retries || !mayPass(reply)) {
                    return reply;
                }
                host = HostNames.of(reply.uri());
                pause = retryAfter(reply).orElse(pause(failed));
                reason = "answered " + reply.statusCode();
            } catch (IOException e) {
                failed = attempt.hasMovedOn() ? 0 : failed;
                if (failed == retries || isFinal(e)) {
                    throw e;
                }
                pause = pause(failed);
                host = HostNames.of(Failures.address(call, e));
                reason = "failed: " + Failures.reason(e);
            }
            listener.retrying(call.image(), host, reason, pause);
            Thread.sleep(pause.toMillis());
        }
    }

    /**
     * Returns whether a repeated request may succeed. One server of a registry may not know yet what another has just
     * stored.
     */
    static boolean mayPass(HttpResponse<ResponseBody> reply) {
        return PASSING.contains(reply.statusCode()) || Failures.lacksPartOfManifest(reply);
    }

    private static Duration pause(int failed) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failed, 8));
    }

    private static boolean isFinal(IOException e) {
        IOException reason = Failures.cause(e);
        return reason instanceof SSLException
                || reason instanceof TransferException
                || reason instanceof ResponseBody.OversizeException
                || reason instanceof ContentDecoder.UnknownEncodingException
                || reason instanceof ResponseBody.LocalException
                || (reason instanceof ConnectFailure failure && failure.isUnknownHost())
                || Failures.isRefusedByProxy(reason);
    }

    private static Optional<Duration> retryAfter(HttpResponse<ResponseBody> reply) {
        return reply.headers().firstValue("Retry-After").flatMap(Retries::parse);
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /** Parses a Retry-After header: seconds, or a date (RFC 9110, section 10.2.3). The result is at most a minute. */
    static Optional<Duration> parse(String text) {
        String value = text.strip();
        if (value.matches("[0-9]{1,100}(\\.[0-9]{0,100})?")) {
            int point = value.indexOf('.');
            String seconds = point < 0 ? value : value.substring(0, point);
            return Optional.of(
                    seconds.length() > 9 ? LONGEST_PAUSE : bounded(Duration.ofSeconds(Long.parseLong(seconds))));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(bounded(Duration.between(ZonedDateTime.now(until.getZone()), until)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** An attempt to send a request. It may continue an earlier attempt that was interrupted. */
    interface Attempt {
        HttpResponse<ResponseBody> send() throws IOException, InterruptedException;

        /**
         * Returns whether the attempt made progress before it was interrupted. In this case, failures are counted from
         * zero again.
         */
        default boolean hasMovedOn() {
            return false;
        }
    }
}
