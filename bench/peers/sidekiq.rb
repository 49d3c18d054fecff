# Sidekiq's client of ./tg bench queue; the commands are in bench/README.md. usage: ruby sidekiq.rb PORT
require 'json'
require 'sidekiq'
require 'sidekiq/launcher'
require 'sidekiq/cli'

THREADS = 10
BATCH = 1000
TEXT = 'x' * 96 # 100 bytes as JSON
$stdout.sync = true
Redis.silence_deprecations = true if Redis.respond_to?(:silence_deprecations=)
Sidekiq.logger.level = Logger::ERROR
server = { url: "redis://127.0.0.1:#{ARGV[0]}", size: THREADS + 5 }
Sidekiq.configure_client { |config| config.redis = server }
Sidekiq.configure_server { |config| config.redis = server }

def now = Process.clock_gettime(Process::CLOCK_MONOTONIC)

# Counts the jobs of one command, and remembers how long each took to start when it carries a time.
class Tally
  attr_reader :count, :millis

  def initialize(expected)
    @expected, @count, @millis, @lock, @all = expected, 0, [], Mutex.new, Queue.new
  end

  def job(text)
    time = now
    @lock.synchronize do
      @millis << (time - text.to_f) * 1000 unless text.start_with?('x')
      @all << true if (@count += 1) == @expected
    end
  end

  def wait = @all.pop
end

class Noop
  include Sidekiq::Worker
  class << self
    attr_accessor :tally
  end

  def perform(text) = self.class.tally.job(text)
end

def enqueue(count)
  (0...count).step(BATCH) do |from|
    Sidekiq::Client.push_bulk('class' => Noop, 'args' => Array.new([BATCH, count - from].min) { [TEXT] })
  end
end

def work(count)
  Noop.tally = Tally.new(count)
  start = now
  settings = { queues: ['default'], concurrency: THREADS, timeout: 5, tag: 'bench', labels: [] }
  launcher = Sidekiq::Launcher.new(Sidekiq.options.merge(settings))
  launcher.run
  yield if block_given?
  Noop.tally.wait
  seconds = now - start
  launcher.stop
  "#{seconds} #{Noop.tally.count}"
end

def latency(count, per_second)
  work(count) do
    start = now
    count.times do |i|
      wait = start + i.to_f / per_second - now
      sleep(wait) if wait.positive?
      Noop.perform_async(now.to_s.ljust(96))
    end
  end
  millis = Noop.tally.millis.sort
  "#{millis[count / 2]} #{millis[(count * 0.99).floor]}"
end

def answer(command, count, per_second = nil)
  case command
  when 'enqueue'
    start = now
    enqueue(count)
    (now - start).to_s
  when 'process' then work(count)
  when 'flow' then work(count) { enqueue(count) }
  when 'latency' then latency(count, per_second)
  else raise "no command #{command}"
  end
end

while (line = $stdin.gets)
  command, *numbers = line.split
  puts answer(command, *numbers.map(&:to_i))
end
exit!(0)
