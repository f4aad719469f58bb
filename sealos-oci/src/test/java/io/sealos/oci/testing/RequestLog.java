package io.sealos.oci.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The requests that a registry received, and how it responded. Thread-safe. */
final class RequestLog {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> responses = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong servedBytes = new AtomicLong();

    void received(HttpExchange exchange) {
        requests.add(request(exchange));
        headers.add(exchange.getRequestHeaders());
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(queries::add);
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    }

    /** Records a response before it is sent, so a client that has received it finds it here. */
    void responding(HttpExchange exchange, int status) {
        responses.add(request(exchange) + " " + status);
    }

    void ended() {
        atOnce.decrementAndGet();
    }

    private static String request(HttpExchange exchange) {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    }

    void served(int bytes) {
        servedBytes.addAndGet(bytes);
    }

    long servedBytes() {
        return servedBytes.get();
    }

    int mostAtOnce() {
        return most.get();
    }

    List<String> requests() {
        return new ArrayList<>(requests);
    }

    List<String> responses() {
        return new ArrayList<>(responses);
    }

    List<String> queries() {
        return new ArrayList<>(queries);
    }

    List<String> headers(String name) {
        return headers.stream()
                .flatMap(request -> request.getOrDefault(name, List.of()).stream())
                .toList();
    }
}
