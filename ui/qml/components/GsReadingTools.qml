import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// 大字版, high contrast, voice and language: one touch each, on every screen.
RowLayout {
    id: tools

    required property Preferences preferences

    spacing: GsTheme.gapTiny

    GsButton {
        objectName: "elderToggle"
        small: true
        kind: "quiet"
        iconName: "text-size"
        text: tools.preferences.elder ? qsTr("标准字") : qsTr("大字版")
        onClicked: tools.preferences.elder = !tools.preferences.elder
    }
    GsButton {
        objectName: "contrastToggle"
        small: true
        kind: "quiet"
        iconName: "contrast"
        text: tools.preferences.highContrast ? qsTr("普通颜色") : qsTr("高对比")
        onClicked: tools.preferences.highContrast = !tools.preferences.highContrast
    }
    GsButton {
        objectName: "voiceToggle"
        visible: tools.preferences.voiceOffered
        small: true
        kind: "quiet"
        iconName: tools.preferences.spoken ? "volume-off" : "volume"
        Accessible.name: tools.preferences.spoken ? qsTr("不朗读") : qsTr("朗读")
        onClicked: tools.preferences.spoken = !tools.preferences.spoken
    }
    GsButton {
        objectName: "languageToggle"
        small: true
        kind: "quiet"
        iconName: "language"
        text: tools.preferences.english ? "中文" : "English"
        onClicked: tools.preferences.english = !tools.preferences.english
    }
}
