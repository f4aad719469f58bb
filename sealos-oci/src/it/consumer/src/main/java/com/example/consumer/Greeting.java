package com.example.consumer;

/** What the application does. */
public final class Greeting {
    private Greeting() {}

    public static void main(String[] arguments) {
        System.out.println("Hello from the cluster");
    }
}
