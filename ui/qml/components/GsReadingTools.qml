import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// 大字版, high contrast, voice and language, on every screen: one touch each; of more than two languages one chooses on
// a sheet.
RowLayout {
    id: tools

    required property Preferences preferences

    property bool bare: false
    readonly property real fullWidth: elderButton.fullWidth + contrastButton.fullWidth + 3 * spacing + (voiceButton.visible ? voiceButton.implicitWidth : 0) + (languageButton.visible ? languageButton.fullWidth : 0)

    signal languageAsked

    spacing: GsTheme.gapTiny

    GsButton {
        id: elderButton
        objectName: "elderToggle"
        bare: tools.bare
        small: true
        kind: "quiet"
        iconName: "text-size"
        text: tools.preferences.elder ? qsTr("标准字") : qsTr("大字版")
        onClicked: tools.preferences.elder = !tools.preferences.elder
    }
    GsButton {
        id: contrastButton
        objectName: "contrastToggle"
        bare: tools.bare
        small: true
        kind: "quiet"
        iconName: "contrast"
        text: tools.preferences.highContrast ? qsTr("普通颜色") : qsTr("高对比")
        onClicked: tools.preferences.highContrast = !tools.preferences.highContrast
    }
    GsButton {
        id: voiceButton
        objectName: "voiceToggle"
        visible: tools.preferences.voiceOffered
        small: true
        kind: "quiet"
        iconName: tools.preferences.spoken ? "volume-off" : "volume"
        Accessible.name: tools.preferences.spoken ? qsTr("不朗读") : qsTr("朗读")
        onClicked: tools.preferences.spoken = !tools.preferences.spoken
    }
    GsButton {
        id: languageButton
        objectName: "languageToggle"
        bare: tools.bare
        small: true
        kind: "quiet"
        iconName: "language"
        visible: tools.preferences.tongues.count > 1
        text: tools.preferences.nextTongue !== "" ? tools.preferences.nextTongue : qsTr("语言")
        onClicked: tools.preferences.nextTongue !== "" ? tools.preferences.takeNext() : tools.languageAsked()
    }
}
