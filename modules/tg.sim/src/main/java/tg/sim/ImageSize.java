package tg.sim;

/// Width and height of a picture in pixels, read from the head of a PNG, GIF or JPEG file.
/// Immutable.
record ImageSize(int width, int height) {
  /// Not a picture.
  static final ImageSize NONE = new ImageSize(0, 0);

  static ImageSize of(byte[] bytes) {
    if (bytes.length > 24 && number(bytes, 0, 4) == 0x89504E47) {
      return new ImageSize(number(bytes, 16, 4), number(bytes, 20, 4));
    }
    if (bytes.length > 10 && number(bytes, 0, 3) == 0x474946) {
      return new ImageSize(little(bytes, 6), little(bytes, 8));
    }
    return (bytes.length > 4 && number(bytes, 0, 2) == 0xFFD8) ? jpeg(bytes) : NONE;
  }

  private static ImageSize jpeg(byte[] bytes) {
    int at = 2;
    while (at + 9 < bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return new ImageSize(number(bytes, at + 7, 2), number(bytes, at + 5, 2));
      }
      at += 2 + number(bytes, at + 2, 2);
    }
    return NONE;
  }

  private static int number(byte[] bytes, int at, int length) {
    int value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  private static int little(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }
}
