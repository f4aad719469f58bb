package com.example.consumer;

/** The greeting of the application. */
public final class Greeting {
    private Greeting() {}

    public static void main(String[] arguments) {
        System.out.println("Hello from the cluster");
    }
}
