package io.sealos.images;

/**
 * A session in which several directories are scanned with one chart engine. The engine starts with the first chart, and
 * keeps running until the session is closed. This saves the time to start it for each further directory.
 *
 * <pre>{@code
 * try (ScanSession session = ImageScanner.builder().build().openSession()) {
 *     for (Path directory : directories) {
 *         inventories.put(directory, session.scanner().scan(directory));
 *     }
 * }
 * }</pre>
 *
 * <p>The results are those of separate scans. If a chart ends the engine or exceeds the time limit, only this chart is
 * not rendered, and the engine is started again. If the engine has ended between two scans, it is started again as
 * well.
 *
 * <p>Thread-safe. Several threads can scan at the same time, but their charts are rendered one scan after the other. An
 * interrupted scan ends the engine, and the next one starts it again.
 *
 * @since 0.1.0
 */
public final class ScanSession implements AutoCloseable {
    private final ImageScanner scanner;
    private final ChartRenderer.Session renderer;

    ScanSession(ImageScanner scanner, ChartRenderer.Session renderer) {
        this.scanner = scanner;
        this.renderer = renderer;
    }

    /**
     * {@return the scanner of this session, which has the settings of the scanner that opened it} It can be passed
     * wherever a scanner is expected. After the session is closed, it throws an {@link IllegalStateException} for
     * directories with charts, unless the renderer of the scanner has no engine that the session keeps running.
     */
    public ImageScanner scanner() {
        return scanner;
    }

    /** Ends the engine, after the charts that are being rendered. A second call has no effect. */
    @Override
    public void close() {
        renderer.close();
    }
}
